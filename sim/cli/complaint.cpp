#include "sim/cli/complaint.hpp"

#include "sim/io/did_you_mean.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

std::vector<std::string> names_of(const std::vector<const CLI::App*>& commands)
{
    std::vector<std::string> names;
    for (const CLI::App* command : commands)
        names.push_back(command->get_name());
    return names;
}

std::string help_line(const std::string& suggestion, const std::string& command)
{
    return "\n   help: " +
           (suggestion.empty() ? fmt::format("see 'walkout {}--help'", command) : suggestion);
}

/// The first option that the command does not know: the likeliest mistake.
std::string wrong_option(const CLI::App& command, int argc, char** argv)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
        names.push_back(option->get_name());
    for (int k = 2; k < argc; ++k) {
        const std::string word = std::string(argv[k]).substr(0, std::string(argv[k]).find('='));
        if (word.starts_with("--") && std::find(names.begin(), names.end(), word) == names.end())
            return io::did_you_mean(word, names);
    }
    return "";
}

} // namespace

std::string complaint(const CLI::App& app, const std::string& cause, int argc, char** argv)
{
    const auto commands = names_of(app.get_subcommands([](const CLI::App*) { return true; }));
    const std::string first = argc > 1 ? argv[1] : "";
    if (first.empty())
        return "walkout: error: no command was given" + help_line("", "");
    const bool known = std::find(commands.begin(), commands.end(), first) != commands.end();
    if (!known && !first.starts_with("-"))
        return fmt::format("walkout: error: unknown command '{}'", first) +
               help_line(io::did_you_mean(first, commands), "");
    const std::string nearest = known ? wrong_option(*app.get_subcommand(first), argc, argv) : "";
    return "walkout: error: " + cause + help_line(nearest, known ? first + " " : "");
}

} // namespace walkout::cli
