#include "sim/cli/commands.hpp"
#include "sim/cli/program.hpp"
#include "sim/cli/siblings.hpp"

int main(int argc, char** argv)
{
    using namespace walkout;
    cli::hand_over(argv);
    return cli::run_as_program([&] {
        return std::visit([](const auto& options) { return cli::execute(options); },
                          cli::parse_options(argc, argv));
    });
}
