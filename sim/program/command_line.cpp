#include "sim/program/command_line.hpp"

#include "sim/io/did_you_mean.hpp"
#include "sim/io/problems.hpp"

#include <algorithm>
#include <fmt/core.h>

namespace walkout::program {

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

/// What was likely meant by the first option that the command does not know: the likeliest mistake.
std::string likely_option(const CLI::App& command, int argc, char** argv)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
        names.push_back(option->get_name());
    for (int k = 2; k < argc; ++k) {
        const std::string word = std::string(argv[k]).substr(0, std::string(argv[k]).find('='));
        if (word.starts_with("--") && std::ranges::find(names, word) == names.end())
            return io::did_you_mean(word, names);
    }
    return "";
}

/// What to say when the words make no sense: cause and cure.
std::string complaint(const CLI::App& app, const std::string& cause, int argc, char** argv)
{
    const auto commands = names_of(app.get_subcommands([](const CLI::App*) { return true; }));
    const std::string first = argc > 1 ? argv[1] : "";
    if (first.empty())
        return "walkout: error: no command was given" + help_line("", "");
    const bool known = std::ranges::find(commands, first) != commands.end();
    if (!known && !first.starts_with("-"))
        return fmt::format("walkout: error: unknown command '{}'", first) +
               help_line(io::did_you_mean(first, commands), "");
    const std::string likely = known ? likely_option(*app.get_subcommand(first), argc, argv) : "";
    return "walkout: error: " + cause + help_line(likely, known ? first + " " : "");
}

} // namespace

std::optional<ShowText> parse_words(CLI::App& app, const std::string& version, int argc,
                                    char** argv, const std::function<void()>& check)
{
    const std::string name_and_version = "walkout " + version;
    app.require_subcommand(1);
    app.set_version_flag("--version", name_and_version);
    try {
        app.parse(argc, argv);
        check();
    } catch (const CLI::CallForHelp&) {
        const auto asked = app.get_subcommands();
        return ShowText{asked.empty() ? app.help()
                                      : asked.front()->help("walkout", CLI::AppFormatMode::Normal)};
    } catch (const CLI::CallForVersion&) {
        return ShowText{name_and_version + "\n"};
    } catch (const CLI::ParseError& e) {
        throw io::InputError(complaint(app, e.what(), argc, argv));
    }
    return std::nullopt;
}

} // namespace walkout::program
