#include "sim/cli/commands.hpp"
#include "sim/cli/farm.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/siblings.hpp"
#include "sim/io/problems.hpp"
#include "sim/study/store.hpp"

#include <fmt/core.h>
#include <malloc.h>
#include <new>

namespace {

using namespace walkout;

/// A run takes and gives back a megabyte; handing it to the system each time costs a third of the
/// run.
void keep_memory()
{
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
}

int complain(int code, const char* text)
{
    fmt::print(stderr, "walkout: {}\n", text);
    return code;
}

} // namespace

int main(int argc, char** argv)
{
    cli::hand_over(argv);
    keep_memory();
    try {
        return std::visit([](const auto& options) { return cli::execute(options); },
                          cli::parse_options(argc, argv));
    } catch (const io::InputError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 2;
    } catch (const io::LimitError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 4;
    } catch (const cli::FileError& e) {
        return complain(5, e.what());
    } catch (const StoreError& e) {
        return complain(5, e.what());
    } catch (const cli::Interrupted& e) {
        return complain(128 + e.signal(), e.what());
    } catch (const std::bad_alloc&) {
        return complain(4, "out of memory; try fewer people or replicates");
    } catch (const std::exception& e) {
        return complain(
            70, (std::string("internal error: ") + e.what() + "; please report it").c_str());
    }
}
