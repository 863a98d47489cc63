#pragma once

#include "render/report/posterior_data.hpp"

#include <string>

namespace walkout::report {

/// Words that the charts, the findings and the tables of a fit share.

/// `71.5 %`, `Mon 02:34`, to three figures where the unit has figures.
std::string value_of(const PosteriorData& data, const FittedParameter& parameter, double value);

/// `59.6 % – 85.2 %`, the middle 90 %.
std::string range_of(const PosteriorData& data, const FittedParameter& parameter,
                     const Levels& levels);

/// `57 %`; a posterior wider than its prior has learned nothing.
std::string learned_words(const FittedParameter& parameter);

/// `Signatures, Mon 05:48`, after its scenario where there are several.
std::string words_of(const PosteriorData& data, const RecordedNumber& number);

/// `697 (690–699)`: as recorded, with what reports leave open.
std::string recorded_words(const RecordedNumber& number);

/// `665 – 723`
std::string runs_words(const RecordedNumber& number, Level low, Level high);

/// `80 %`, `95 %`, `no`: the narrower interval that holds it.
std::string inside_words(const RecordedNumber& number);

} // namespace walkout::report
