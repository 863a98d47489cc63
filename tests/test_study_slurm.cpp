#include "tests/study_support.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace walkout {

namespace {

/// The lines of the README that submit a study to Slurm.
std::string readme_script()
{
    const std::string text = read_text(checkout() / "README.md");
    const std::size_t submits = text.find("sbatch");
    REQUIRE(submits != std::string::npos);
    const std::string fence = "```sh\n";
    const std::size_t begin = text.rfind(fence, submits) + fence.size();
    return text.substr(begin, text.find("```", begin) - begin);
}

void replace_all(std::string& text, const std::string& what, const std::string& with)
{
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

} // namespace

TEST_CASE("the README's Slurm array and its merge give the table of one program",
          "[study][slurm][slow]")
{
    const StudyFolder study(40), whole(40);
    std::string script = readme_script();
    replace_all(script, "build/release/bin/walkout", WALKOUT_PROGRAM);
    replace_all(script, "my_study.yaml", "small.yaml");
    REQUIRE(script.find("--dependency") != std::string::npos);
    script = "set -e\n" + script +
             "until ls slurm-*.out >/dev/null 2>&1 && [ -z \"$(squeue --noheader)\" ]; "
             "do sleep 0.2; done\n";
    Setting setting;
    setting.folder = study.folder.path();
    const Ended ended = run_program(
        {(checkout() / "tests/one_machine_slurm.sh").string(), "sh", "-c", script}, setting);
    if (ended.code == 77) {
        WARN("skipped: no Slurm here: " << ended.err);
        return;
    }
    INFO(ended.out << ended.err);
    CHECK(ended.code == 0);
    std::string said;
    for (const std::string& name : study.folder.files())
        if (name.ends_with(".out"))
            said += read_text(study.folder / name);
    INFO(said);
    CHECK(said.find("8 shards merged: no gap, no overlap") != std::string::npos);
    CHECK(whole.sweep({}).code == 0);
    CHECK(study.runs_csv() == whole.runs_csv());
}

} // namespace walkout
