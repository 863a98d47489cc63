/// The sibling of `walkout` for many machines: mpirun -n N walkout-mpi sweep STUDY. A program of
/// its own, because MPI is on clusters and hardly anywhere else.

#include "sim/cli/commands.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/memory.hpp"
#include "sim/cli/sweep_command.hpp"
#include "sim/io/problems.hpp"
#include "sim/program/program.hpp"
#include "sim/study/provenance.hpp"
#include "sim/study/ranks.hpp"
#include "sim/study/row_code.hpp"

#include <csignal>
#include <fmt/core.h>

namespace {

using namespace walkout;

constexpr const char* help = R"(Usage: mpirun -n N walkout-mpi sweep STUDY [OPTION...]

`walkout sweep` on N ranks, also of many machines: rank 0 plans and stores, the others make runs,
one at a time each. All ranks read the study, so its files must be where every machine finds them;
only rank 0 writes. Options, store and results are those of `walkout sweep` (see
`walkout-mpi sweep --help`) but for --jobs: mpirun says how many ranks there are. Whatever ends the
job, the same command goes on, also with another number of ranks or with `walkout sweep`.

Examples:
  mpirun -n 4 walkout-mpi sweep scenarios/studies/offer_and_board.yaml
  mpirun --hostfile hosts -n 64 walkout-mpi sweep study.yaml --out /shared/results/study --yes

Exit codes: those of `walkout --help`; a rank that is killed, or mpirun interrupted: mpirun's own.
)";

/// The world of a study, and what the first run gives here: the ranks must agree on both.
StudyRecord creed(const cli::PreparedStudy& study)
{
    StudyRecord record = study.record();
    record.world.emplace_back("fingerprint of run 0", study.make(study.plan.run(0)).fingerprint);
    return record;
}

/// Rank 0 minds the study; the others need not know why it ends.
int sweep_as_first(const Ranks& ranks, const cli::SweepOptions& options)
{
    if (options.jobs > 0)
        throw io::InputError("walkout: error: --jobs: every rank makes one run at a time\n"
                             "   help: mpirun -n says how many ranks there are");
    const auto others = static_cast<unsigned>(ranks.size() - 1);
    const cli::Crew crew{.size = others,
                         .processors = others,
                         .unit = "rank",
                         .gather = [&](const cli::PreparedStudy& study) {
                             return std::make_unique<RankWorkers>(ranks,
                                                                  text_of(creed(study).world));
                         }};
    return cli::sweep_with(crew, options);
}

int lead(const Ranks& ranks, int argc, char** argv)
{
    const bool sweeps = argc > 1 && std::string_view(argv[1]) == "sweep";
    if (argc > 1 && std::string_view(argv[1]) == "--help") {
        cli::print(help);
        return 0;
    }
    if (!sweeps)
        throw io::InputError("walkout-mpi: error: only 'sweep' runs on many machines\n"
                             "   help: see 'walkout-mpi --help'");
    const cli::Options options = cli::parse_options(argc, argv);
    const auto* sweep = std::get_if<cli::SweepOptions>(&options);
    if (sweep == nullptr)
        return cli::execute(std::get<cli::ShowText>(options));
    return ranks.size() > 1 ? sweep_as_first(ranks, *sweep) : cli::execute(*sweep);
}

/// Make runs of the study that rank 0 speaks of.
int follow(int argc, char** argv)
{
    std::unique_ptr<cli::PreparedStudy> study;
    serve([&](const std::string& world) -> MakeRow {
        const auto options = std::get<cli::SweepOptions>(cli::parse_options(argc, argv));
        study = std::make_unique<cli::PreparedStudy>(options.study);
        StudyRecord first;
        first.world = world_from(world);
        const auto lines = differences(first, creed(*study));
        if (!lines.empty())
            throw io::InputError("   " + io::printable(lines.front()) +
                                 "\n   help: give all ranks the same files and program");
        return study->make;
    });
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    Ranks ranks(argc, argv);
    cli::keep_memory();
    if (ranks.rank() == 0)
        return program::exit_code_of([&] { return lead(ranks, argc, argv); }, cli::memory_cure);
    for (const int number : {SIGINT, SIGTERM}) // for rank 0, which ends the others in order
        std::signal(number, SIG_IGN);
    return program::exit_code_of([&] { return follow(argc, argv); }, cli::memory_cure);
}
