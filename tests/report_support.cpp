#include "tests/report_support.hpp"

#include "sim/study/curve.hpp"
#include "sim/study/plan.hpp"
#include "sim/study/provenance.hpp"

namespace walkout {

namespace fs = std::filesystem;

namespace {

RunRow row_of(const io::StudyFile& file, const Plan& plan, const PlannedRun& run,
              const Maker& maker)
{
    RunRow row{.number = run.number,
               .scenario = file.study.scenarios[run.scenario].name,
               .point = run.point,
               .replicate = run.replicate,
               .seed = run.seed,
               .parameters = plan.design().point(run.point)};
    const MadeUp made = maker(row.parameters, run.replicate);
    if (made.fails) {
        row.measures.assign(file.study.measures.size(), own_value);
        row.error = "made to fail";
        row.command = "walkout sweep study.yaml --run 1";
        return row;
    }
    row.outcome = made.returned ? "returned" : "failed_petition";
    row.fingerprint = "0123456789abcdef";
    row.measures = {made.returned ? 1.0 : 0.0, made.peak, made.half};
    row.curve = encode(Curve{{made.names, made.names, made.names}});
    return row;
}

} // namespace

MadeUpStudy::MadeUpStudy(const std::string& yaml, const Maker& maker)
{
    fs::copy_file(checkout() / "scenarios" / "letter.yaml", folder_ / "letter.yaml");
    write_text(folder_ / "study.yaml",
               yaml + "\nscenario: letter.yaml\n"
                      "measures: [returned, peak_signed_share, hours_to_half]\n");
    const io::StudyFile file = io::read_study((folder_ / "study.yaml").string());
    const Plan plan(file.study);
    fs::create_directory(folder());
    Store store = Store::create(folder() + "/study.sqlite", record_of(file, plan, {}, "test"));
    for (std::uint64_t number = 0; number < plan.most_runs(); ++number)
        store.add(row_of(file, plan, plan.run(number), maker));
    store.commit();
}

report::StudyRuns MadeUpStudy::runs(const std::string& measure) const
{
    return report::read_study_runs(folder(), measure);
}

report::ReportData MadeUpStudy::data() const
{
    return report::report_data({runs()});
}

} // namespace walkout
