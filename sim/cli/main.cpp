#include "sim/cli/commands.hpp"
#include "sim/cli/memory.hpp"
#include "sim/cli/siblings.hpp"
#include "sim/program/program.hpp"

int main(int argc, char** argv)
{
    using namespace walkout;
    cli::hand_over(argv);
    cli::keep_memory();
    return program::exit_code_of(
        [&] {
            return std::visit([](const auto& options) { return cli::execute(options); },
                              cli::parse_options(argc, argv));
        },
        cli::memory_cure);
}
