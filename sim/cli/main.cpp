#include "sim/cli/commands.hpp"
#include "sim/cli/exit_code.hpp"
#include "sim/cli/siblings.hpp"

#include <malloc.h>

namespace {

using namespace walkout;

/// A run takes and gives back a megabyte; handing it to the system each time costs a third of the
/// run.
void keep_memory()
{
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 512 << 20);
}

} // namespace

int main(int argc, char** argv)
{
    cli::hand_over(argv);
    keep_memory();
    return cli::exit_code_of([&] {
        return std::visit([](const auto& options) { return cli::execute(options); },
                          cli::parse_options(argc, argv));
    });
}
