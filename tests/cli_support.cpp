#include "tests/cli_support.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace walkout {

namespace fs = std::filesystem;

// ---------------------------------------------------------------- files

fs::path checkout()
{
    return WALKOUT_SOURCE_DIR;
}

std::string read_text(const fs::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw std::runtime_error("cannot read " + path.string());
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

void write_text(const fs::path& path, std::string_view text)
{
    std::ofstream stream(path, std::ios::binary);
    stream << text;
    if (!stream.flush())
        throw std::runtime_error("cannot write " + path.string());
}

std::vector<fs::path> gallery()
{
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(checkout() / "scenarios"))
        if (entry.path().extension() == ".yaml")
            found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

void check_golden(const std::string& name, const std::string& text)
{
    const fs::path path = checkout() / "tests" / "golden" / name;
    if (std::getenv("WALKOUT_UPDATE_GOLDEN") != nullptr) {
        fs::create_directories(path.parent_path());
        write_text(path, text);
    }
    INFO("tests/golden/" << name << "; WALKOUT_UPDATE_GOLDEN=1 rewrites it");
    CHECK(text == (fs::exists(path) ? read_text(path) : "(no such file)"));
}

TemporaryFolder::TemporaryFolder()
{
    std::string name = (fs::temp_directory_path() / "walkout-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("cannot make a temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::vector<std::string> TemporaryFolder::files() const
{
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(path_))
        if (!entry.is_directory())
            names.push_back(entry.path().lexically_relative(path_).string());
    std::ranges::sort(names);
    return names;
}

WorkingFolder::WorkingFolder(const fs::path& folder) : before_(fs::current_path())
{
    fs::current_path(folder);
}

WorkingFolder::~WorkingFolder()
{
    std::error_code ignored;
    fs::current_path(before_, ignored);
}

TinyDisk::TinyDisk(const fs::path& folder, const std::string& size) : folder_(folder)
{
    mounted_ = ::mount("none", folder_.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
}

TinyDisk::~TinyDisk()
{
    if (mounted_)
        ::umount2(folder_.c_str(), MNT_DETACH);
}

// ---------------------------------------------------------------- programs

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto patience = std::chrono::minutes(5); // for what hangs; a busy machine is slow

/// A pipe whose ends close themselves; children inherit only what is dup2'ed.
struct Pipe {
    std::array<int, 2> ends{-1, -1};

    Pipe()
    {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            throw std::runtime_error("cannot make a pipe");
    }
    ~Pipe()
    {
        close_end(0);
        close_end(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    void close_end(std::size_t which)
    {
        if (ends[which] >= 0)
            ::close(ends[which]);
        ends[which] = -1;
    }
};

[[noreturn]] void become(const std::vector<std::string>& words, const Setting& setting,
                         const Pipe& in, const Pipe& out, const Pipe& err)
{
    const int output =
        setting.output_to.empty() ? out.ends[1] : ::open(setting.output_to.c_str(), O_WRONLY);
    ::dup2(in.ends[0], STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(err.ends[1], STDERR_FILENO);
    const fs::path folder = setting.folder.empty() ? checkout() : setting.folder;
    if (::chdir(folder.c_str()) != 0)
        ::_exit(125);
    for (const int number : {SIGPIPE, SIGINT, SIGTERM})
        std::signal(number, SIG_DFL);
    if (setting.largest_file > 0) {
        std::signal(SIGXFSZ, SIG_IGN); // writing fails instead
        const rlimit limit{setting.largest_file, setting.largest_file};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    for (const auto& [name, value] : setting.extra)
        ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> pointers;
    for (const std::string& word : words)
        pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    ::execvp(pointers[0], pointers.data());
    ::_exit(127);
}

/// Take what a pipe holds; close our end when the other side did.
void drain(Pipe& pipe, std::string& text)
{
    std::array<char, 1 << 14> block{};
    const ssize_t count = ::read(pipe.ends[0], block.data(), block.size());
    if (count > 0)
        text.append(block.data(), static_cast<std::size_t>(count));
    else if (count == 0 || errno != EINTR)
        pipe.close_end(0);
}

/// Give the child some of its input; close when all is given or it does not listen.
void feed(Pipe& pipe, const std::string& input, std::size_t& given)
{
    const ssize_t count = ::write(pipe.ends[1], input.data() + given, input.size() - given);
    if (count > 0)
        given += static_cast<std::size_t>(count);
    if (given == input.size() || (count < 0 && errno != EINTR && errno != EAGAIN))
        pipe.close_end(1);
}

/// Talk to the child until it has closed both outputs, or patience ends.
bool converse(pid_t child, const Setting& setting, Pipe& in, Pipe& out, Pipe& err, Ended& ended)
{
    const auto begin = Clock::now();
    std::size_t given = 0;
    ::fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
    if (setting.input.empty())
        in.close_end(1);
    while (out.ends[0] >= 0 || err.ends[0] >= 0) {
        std::array<pollfd, 3> waits{
            {{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}, {in.ends[1], POLLOUT, 0}}};
        ::poll(waits.data(), waits.size(), 20);
        if (waits[0].revents != 0)
            drain(out, ended.out);
        if (waits[1].revents != 0)
            drain(err, ended.err);
        if (waits[2].revents != 0)
            feed(in, setting.input, given);
        if (setting.meanwhile)
            setting.meanwhile(child, ended.err);
        if (Clock::now() - begin > patience)
            return false;
    }
    return true;
}

} // namespace

Setting killed_as_it_grows(Setting setting, const std::filesystem::path& store,
                           std::uintmax_t bytes)
{
    const auto size = [log = store.string() + "-wal"] {
        std::error_code none;
        const auto found = std::filesystem::file_size(log, none);
        return none ? 0 : found;
    };
    setting.meanwhile = [size, most = size() + bytes](pid_t child, const std::string&) {
        if (size() > most)
            ::kill(child, SIGKILL);
    };
    return setting;
}

Ended run_program(const std::vector<std::string>& words, const Setting& setting)
{
    std::signal(SIGPIPE, SIG_IGN); // a child that does not read its input is no reason to die
    Pipe in, out, err;
    const pid_t child = ::fork();
    if (child < 0)
        throw std::runtime_error("cannot fork");
    if (child == 0)
        become(words, setting, in, out, err);
    in.close_end(0);
    out.close_end(1);
    err.close_end(1);
    if (setting.reader_leaves)
        out.close_end(0);
    Ended ended;
    const bool in_time = converse(child, setting, in, out, err, ended);
    if (!in_time)
        ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    INFO(words[0] << " did not end within five minutes");
    CHECK(in_time);
    return ended;
}

Ended walkout(std::vector<std::string> arguments, const Setting& setting)
{
    arguments.insert(arguments.begin(), WALKOUT_PROGRAM);
    return run_program(arguments, setting);
}

std::string refused(std::vector<std::string> arguments)
{
    const Ended ended = walkout(std::move(arguments));
    CHECK(ended.code == 2);
    CHECK(ended.out.empty());
    return ended.err;
}

void tells(const std::string& text, const std::string& part)
{
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
}

std::size_t line_count(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count(text, '\n')) +
           (!text.empty() && !text.ends_with('\n'));
}

} // namespace walkout
