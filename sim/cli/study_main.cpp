/// The sibling of `walkout` that analyzes studies with OpenTURNS, whose libraries take longer to
/// load than most commands of `walkout` take.

#include "sim/cli/commands.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/program.hpp"
#include "sim/cli/study_options.hpp"

int main(int argc, char** argv)
{
    using namespace walkout::cli;
    struct Execute {
        int operator()(const ShowText& options) const
        {
            print(options.text);
            return 0;
        }
        int operator()(const SensitivityOptions& options) const { return execute(options); }
    };
    return run_as_program([&] { return std::visit(Execute(), parse_study_options(argc, argv)); });
}
