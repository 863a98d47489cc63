#pragma once

#include "render/report/page.hpp"
#include "render/report/posterior_data.hpp"

namespace walkout::report {

/// What the record tells about the parameters of a study, and whether runs of the posterior meet
/// the record: findings, the record among the runs, marginals, pairs, a table.
Page posterior_page(const PosteriorData& data);

/// Sentences at the head of that page: the record, what it identifies, what it ties, and the fit.
std::vector<Statement> posterior_findings(const PosteriorData& data);

/// What went badly in a fit; empty when nothing did.
std::string posterior_warning(const PosteriorData& data);

} // namespace walkout::report
