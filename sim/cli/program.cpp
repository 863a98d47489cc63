#include "sim/cli/program.hpp"

#include "sim/cli/farm.hpp"
#include "sim/cli/files.hpp"
#include "sim/io/problems.hpp"
#include "sim/study/store.hpp"

#include <fmt/core.h>
#include <malloc.h>
#include <new>
#include <string>

namespace walkout::cli {

namespace {

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

int run_as_program(const std::function<int()>& work)
{
    keep_memory();
    try {
        return work();
    } catch (const io::InputError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 2;
    } catch (const io::LimitError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 4;
    } catch (const FileError& e) {
        return complain(5, e.what());
    } catch (const StoreError& e) {
        return complain(5, e.what());
    } catch (const Interrupted& e) {
        return complain(128 + e.signal(), e.what());
    } catch (const std::bad_alloc&) {
        return complain(4, "out of memory; try fewer people or replicates");
    } catch (const std::exception& e) {
        return complain(
            70, (std::string("internal error: ") + e.what() + "; please report it").c_str());
    }
}

} // namespace walkout::cli
