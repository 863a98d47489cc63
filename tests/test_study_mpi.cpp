#include "tests/study_support.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fmt/core.h>
#include <fstream>
#include <optional>
#include <sstream>
#include <unistd.h>

namespace walkout {

namespace fs = std::filesystem;

namespace {

fs::path mpi_program()
{
    return fs::path(WALKOUT_PROGRAM).parent_path() / "walkout-mpi";
}

bool mpi_is_here()
{
    if (fs::exists(mpi_program()))
        return true;
    WARN("skipped: built without MPI");
    return false;
}

/// What Open MPI wants to hear in a container with few processors.
const std::map<std::string, std::string> permissive{
    {"OMPI_ALLOW_RUN_AS_ROOT", "1"},
    {"OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"},
    {"OMPI_MCA_rmaps_base_oversubscribe", "1"},
    {"OMPI_MCA_btl_vader_single_copy_mechanism", "none"},
};

/// Run `walkout-mpi` with these arguments on some ranks, in the folder of a study.
Ended on_ranks(int ranks, const StudyFolder& study, std::vector<std::string> arguments,
               Setting setting = {})
{
    setting.folder = study.folder.path();
    setting.extra.insert(permissive.begin(), permissive.end());
    arguments.insert(arguments.begin(),
                     {"mpirun", "-n", std::to_string(ranks), mpi_program().string()});
    return run_program(arguments, setting);
}

Ended sweep_on_ranks(int ranks, const StudyFolder& study, std::vector<std::string> options = {},
                     Setting setting = {})
{
    options.insert(options.begin(), {"sweep", "small.yaml"});
    return on_ranks(ranks, study, options, std::move(setting));
}

/// The process that is a rank of a job on this machine, and belongs to this `mpirun`; 0: none yet.
pid_t process_of(int rank, pid_t mpirun)
{
    const std::string mark = fmt::format("OMPI_COMM_WORLD_RANK={}", rank);
    std::ifstream children(fmt::format("/proc/{0}/task/{0}/children", mpirun));
    for (pid_t child = 0; children >> child;) {
        std::ifstream environment(fmt::format("/proc/{}/environ", child));
        std::ifstream command(fmt::format("/proc/{}/comm", child));
        std::string name;
        std::getline(command, name);
        for (std::string line; std::getline(environment, line, '\0');)
            if (line == mark && name == "walkout-mpi")
                return child;
    }
    return 0;
}

/// Some time after the store is there, sends a signal to a rank (or to mpirun itself: -1).
struct Attack {
    int number = SIGKILL;
    int rank = -1;
    bool done = false;
    std::optional<std::chrono::steady_clock::time_point> begun = {};

    Setting setting(const StudyFolder& study)
    {
        Setting s;
        s.meanwhile = [this, &study](pid_t mpirun, const std::string&) {
            const auto now = std::chrono::steady_clock::now();
            if (!begun && fs::exists(study.folder / "results/small/study.sqlite-wal"))
                begun = now;
            if (done || !begun || now - *begun < std::chrono::milliseconds(300))
                return;
            const pid_t victim = rank < 0 ? mpirun : process_of(rank, mpirun);
            done = victim > 0 && ::kill(victim, number) == 0;
        };
        return s;
    }
};

/// More runs than there is time for until the attack.
constexpr int many = 30'000;

} // namespace

TEST_CASE("a study gives the same table on four MPI ranks, on one, and on threads",
          "[study][mpi][determinism]")
{
    if (!mpi_is_here())
        return;
    const std::string more = GENERATE("", "on_failure: ignore\nset: {people.trust_mean: 45%}\n");
    const StudyFolder threads(40, more), ranks(40, more), alone(40, more);
    CHECK(threads.sweep({"--jobs", "2"}).code == 0);
    const Ended four = sweep_on_ranks(4, ranks);
    INFO(four.err);
    CHECK(four.code == 0);
    CHECK(four.out.find('\x1b') == std::string::npos);
    CHECK(four.err == "walkout: 240 runs are stored in results/small/study.sqlite\n"
                      "walkout: wrote results/small/report.html\n");
    CHECK(sweep_on_ranks(1, alone).code == 0);
    const std::string table = threads.runs_csv();
    CHECK(line_count(table) == 241);
    CHECK(ranks.runs_csv() == table);
    CHECK(alone.runs_csv() == table);
    CHECK(ranks.folder.files() == threads.folder.files());
}

TEST_CASE("threads and ranks go on where the other stopped", "[study][mpi]")
{
    if (!mpi_is_here())
        return;
    const StudyFolder study(40), whole(40);
    CHECK(study.sweep({"--stop-after", "31"}).code == 0);
    const Ended some = sweep_on_ranks(3, study, {"--stop-after", "100"});
    CHECK(some.code == 0);
    CHECK(some.err.find("131 runs are stored") != std::string::npos);
    CHECK(study.sweep({}).code == 0);
    CHECK(whole.sweep({}).code == 0);
    CHECK(study.runs_csv() == whole.runs_csv());
}

TEST_CASE("rounds until an interval is narrow are the same on ranks", "[study][mpi][determinism]")
{
    if (!mpi_is_here())
        return;
    const StudyFolder ranks, threads;
    for (const StudyFolder* study : {&ranks, &threads}) {
        std::string text = read_text(study->folder / "small.yaml");
        text.replace(text.find("replicates: 3"), 13,
                     "replicates: {until: {measure: peak_signed_share, half_width: 10%}, "
                     "at_least: 5, at_most: 60}");
        write_text(study->folder / "small.yaml", text);
    }
    CHECK(sweep_on_ranks(4, ranks).code == 0);
    CHECK(threads.sweep({}).code == 0);
    CHECK(line_count(threads.runs_csv()) > 32);
    CHECK(ranks.runs_csv() == threads.runs_csv());
}

TEST_CASE("mistakes are told once, with the exit code of sweep", "[study][mpi][errors]")
{
    if (!mpi_is_here())
        return;
    const StudyFolder study;
    const Ended other = on_ranks(2, study, {"run", "letter.yaml"});
    CHECK(other.code == 2);
    CHECK(other.err.find("only 'sweep' runs on many machines") != std::string::npos);
    const Ended jobs = sweep_on_ranks(2, study, {"--jobs", "2"});
    CHECK(jobs.code == 2);
    CHECK(jobs.err.find("mpirun -n says how many ranks there are") != std::string::npos);
    const Ended plan = sweep_on_ranks(3, study, {"--dry-run"});
    CHECK(plan.code == 0);
    CHECK(plan.out.find("on 2 ranks") != std::string::npos);
    write_text(study.folder / "small.yaml", "scenario: letter.yaml\nreplicates: none\n");
    const Ended wrong = sweep_on_ranks(3, study);
    CHECK(wrong.code == 2);
    const std::string mark = "small.yaml:2:13: error";
    const std::size_t told = wrong.err.find(mark);
    REQUIRE(told != std::string::npos);
    CHECK(wrong.err.find(mark, told + 1) == std::string::npos);
}

TEST_CASE("a rank that finds other files does not take part", "[study][mpi][errors]")
{
    if (!mpi_is_here())
        return;
    const StudyFolder study;
    fs::create_directory(study.folder / "other");
    std::string scenario = read_text(study.folder / "letter.yaml");
    scenario.replace(scenario.find("allegiance_mean: 0.2"), 20, "allegiance_mean: 0.3");
    write_text(study.folder / "other/letter.yaml", scenario);
    fs::copy_file(study.folder / "small.yaml", study.folder / "other/small.yaml");
    Setting setting;
    setting.folder = study.folder.path();
    setting.extra = permissive;
    const std::string program = mpi_program().string();
    const Ended mixed =
        run_program({"mpirun", "-n", "2", program, "sweep", "small.yaml", ":", "-wdir",
                     (study.folder / "other").string(), "-n", "1", program, "sweep", "small.yaml"},
                    setting);
    CHECK(mixed.code == 2);
    CHECK(mixed.err.find("rank 2 on ") != std::string::npos);
    CHECK(mixed.err.find("scenario letter: people.allegiance_mean was 0.2, is 0.3") !=
          std::string::npos);
    CHECK(mixed.err.find("same files and program") != std::string::npos);
}

// ---------------------------------------------------------------- interruptions

TEST_CASE("a job of which anything is killed goes on with the same command", "[study][mpi][errors]")
{
    if (!mpi_is_here())
        return;
    const StudyFolder study(many);
    // The signal of Ctrl-C and of batch systems to mpirun; SIGKILL to mpirun, rank 0, a worker.
    std::size_t before = 1;
    for (Attack attack : {Attack{SIGINT}, Attack{SIGTERM}, Attack{SIGTERM, 0}, Attack{SIGKILL, 0},
                          Attack{SIGKILL, 2}, Attack{SIGKILL}}) {
        INFO("signal " << attack.number << " to rank " << attack.rank);
        const Ended ended = sweep_on_ranks(3, study, {}, attack.setting(study));
        CHECK(attack.done);
        CHECK(ended.code != 0);
        if (attack.number == SIGTERM && attack.rank == 0)
            CHECK(ended.code == 143);
        const auto rows = fields_of(study.runs_csv());
        CHECK(rows.size() >= before);
        before = rows.size();
        for (std::size_t r = 1; r < rows.size(); ++r)
            if (rows[r][0] != std::to_string(r - 1))
                FAIL("run " << rows[r][0] << " stands at " << r - 1);
    }
    CHECK(before > 100);
    // Ranks that have lost their mpirun end within a second; until then the store is in use.
    Ended ended = sweep_on_ranks(3, study, {"--stop-after", "200"});
    for (int k = 0; k < 20 && ended.code == 5; ++k)
        ended = sweep_on_ranks(3, study, {"--stop-after", "200"});
    INFO(ended.err);
    CHECK(ended.code == 0);
    const std::string table = study.runs_csv();
    const StudyFolder whole(many);
    CHECK(whole.sweep({"--stop-after", std::to_string(line_count(table) - 1)}).code == 0);
    CHECK((table == whole.runs_csv()));
}

TEST_CASE("a disk that is full on rank 0 ends all ranks with 5", "[study][mpi][errors]")
{
    if (!mpi_is_here())
        return;
    const StudyFolder study(4000), whole(4000);
    const NearlyFullDisk disk(study);
    if (!disk.mounted())
        return;
    const Ended full = sweep_on_ranks(3, study, {"--out", "disk/small"});
    INFO(full.err);
    CHECK(full.code == 5);
    CHECK(full.err.find("no space left for 'disk/small/study.sqlite'") != std::string::npos);
    disk.make_space();
    CHECK(sweep_on_ranks(3, study, {"--out", "disk/small"}).code == 0);
    CHECK(whole.sweep({}).code == 0);
    CHECK((study.runs_csv("disk/small") == whole.runs_csv()));
}

TEST_CASE("ranks without work keep no processor busy", "[study][mpi]")
{
    if (!mpi_is_here())
        return;
    const StudyFolder study(20'000);
    double busiest = 0; // share of a core
    Setting setting;
    pid_t workers[2] = {0, 0};
    const auto seconds_of = [](pid_t process) {
        std::ifstream stat(fmt::format("/proc/{}/stat", process));
        std::string text;
        std::getline(stat, text);
        std::istringstream fields(text.substr(std::min(text.size(), text.rfind(')') + 1)));
        std::string field;
        double ticks = 0;
        for (int k = 3; k <= 15 && fields >> field; ++k)
            if (k >= 14)
                ticks += std::stod(field);
        return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
    };
    // A stopped rank 0 gives nobody anything to do.
    enum { start, wait, measure, over } phase = start;
    auto since = std::chrono::steady_clock::now();
    double before = 0;
    setting.meanwhile = [&](pid_t mpirun, const std::string&) {
        const auto now = std::chrono::steady_clock::now();
        const double elapsed = std::chrono::duration<double>(now - since).count();
        const pid_t first = process_of(0, mpirun);
        if (phase == start && fs::exists(study.folder / "results/small/study.sqlite-wal")) {
            ::kill(first, SIGSTOP);
            workers[0] = process_of(1, mpirun);
            workers[1] = process_of(2, mpirun);
            phase = wait;
            since = now;
        } else if (phase == wait && elapsed > 0.3) {
            before = seconds_of(workers[0]) + seconds_of(workers[1]);
            phase = measure;
            since = now;
        } else if (phase == measure && elapsed > 1) {
            busiest = (seconds_of(workers[0]) + seconds_of(workers[1]) - before) / elapsed;
            phase = over;
            ::kill(first, SIGCONT);
            ::kill(first, SIGTERM);
        }
    };
    sweep_on_ranks(3, study, {}, setting);
    CHECK(phase == over);
    CHECK(busiest < 0.2);
}

// ---------------------------------------------------------------- hosts

TEST_CASE("two hosts on a network give the same table", "[study][mpi]")
{
    if (!mpi_is_here())
        return;
    const std::string hosts = (checkout() / "tests/two_hosts.sh").string();
    const std::vector<std::string> beside{"unshare", "--net", "--mount", "--uts", hosts};
    auto words = beside;
    words.emplace_back("true");
    if (const Ended tried = run_program(words); tried.code != 0) {
        WARN("skipped: no network namespaces here: " << tried.err);
        return;
    }
    const StudyFolder study(40), whole(40);
    Setting setting;
    setting.folder = study.folder.path();
    setting.extra = permissive;
    const std::string network = "10.77.0.0/24";
    words = beside;
    words.insert(words.end(),
                 {"mpirun", "--mca", "plm_rsh_agent", (checkout() / "tests/on_host.sh").string(),
                  "--mca", "oob_tcp_if_include", network, "--mca", "btl_tcp_if_include", network,
                  "--host", "host1:2,host2:2", "-n", "4"});
    auto names = words;
    names.emplace_back("hostname");
    const Ended where = run_program(names, setting);
    INFO(where.err);
    CHECK(std::ranges::count(fields_of(where.out), std::vector<std::string>{"host1"}) == 2);
    CHECK(std::ranges::count(fields_of(where.out), std::vector<std::string>{"host2"}) == 2);
    words.insert(words.end(), {mpi_program().string(), "sweep", "small.yaml"});
    const Ended ended = run_program(words, setting);
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(whole.sweep({}).code == 0);
    CHECK(study.runs_csv() == whole.runs_csv());
}

} // namespace walkout
