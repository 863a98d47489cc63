/// The sibling of `walkout` that analyzes studies with OpenTURNS, whose libraries take longer to
/// load than most commands of `walkout` take.

#include "sim/cli/commands.hpp"
#include "sim/cli/memory.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/program/program.hpp"

int main(int argc, char** argv)
{
    using namespace walkout;
    cli::keep_memory();
    return program::exit_code_of(
        [&] {
            return std::visit([](const auto& options) { return cli::execute(options); },
                              cli::parse_study_options(argc, argv));
        },
        cli::memory_cure);
}
