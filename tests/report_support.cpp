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

report::PosteriorData small_posterior(const TemporaryFolder& folder, const std::string& fit)
{
    write_text(folder / "letter.yaml",
               read_text(checkout() / "scenarios" / "letter.yaml") + "record: counts.csv\n");
    write_text(folder / "counts.csv", "time,count,low,high,fit,note,source\n"
                                      "2025-03-03T13:00+00:00,2,1,3,yes,,\n"
                                      "2025-03-03T15:00+00:00,5,5,5,no,,\n"
                                      "2025-03-03T18:00+00:00,3,2,4,yes,,\n");
    write_text(folder / "fit.yaml",
               "title: What three counts tell\nscenario: letter.yaml\nparameters:\n"
               "  letter_opens: {path: events.letter.at, range: [2h, 5h]}\n"
               "  trust: {path: people.trust_mean, range: [10%, 90%]}\n"
               "calibrate: {" +
                   fit + "}\n");
    const Ended ended = walkout({"calibrate", (folder / "fit.yaml").string(), "--no-netcdf",
                                 "--out", folder.path().string()});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    return report::read_posterior((folder / "posterior.json").string());
}

} // namespace walkout
