#include "sim/cli/commands.hpp"
#include "sim/cli/files.hpp"
#include "sim/io/scenario_file.hpp"

namespace walkout::cli {

int execute(const ShowText& options)
{
    print(options.text);
    return 0;
}

int execute(const ResolveOptions& options)
{
    print(io::resolve(io::read_scenario(options.input.scenario, options.input.overrides)));
    return 0;
}

int execute(const SchemaOptions&)
{
    print(io::json_schema());
    return 0;
}

int execute(const ReferenceOptions&)
{
    print(io::parameter_table_markdown());
    return 0;
}

} // namespace walkout::cli
