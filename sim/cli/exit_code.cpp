#include "sim/cli/exit_code.hpp"

#include "sim/cli/farm.hpp"
#include "sim/io/draft.hpp"
#include "sim/io/problems.hpp"
#include "sim/study/store.hpp"

#include <fmt/core.h>
#include <new>

namespace walkout::cli {

namespace {

int complain(int code, const char* text)
{
    fmt::print(stderr, "walkout: {}\n", text);
    return code;
}

} // namespace

int exit_code_of(const std::function<int()>& command)
{
    try {
        return command();
    } catch (const io::InputError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 2;
    } catch (const io::LimitError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 4;
    } catch (const io::FileError& e) {
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
