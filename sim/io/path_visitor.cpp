#include "sim/io/path_visitor.hpp"

#include <set>

namespace walkout::io {

std::string PathVisitor::path_to(std::string_view key) const
{
    return paths_.empty() ? std::string(key) : paths_.back() + "." + std::string(key);
}

void PathVisitor::enter(std::string_view key)
{
    paths_.push_back(path_to(key));
}

std::vector<std::string> PathVisitor::begin_named(const About& about,
                                                  const std::vector<std::string>& present)
{
    enter(about.key);
    return present;
}

std::vector<std::string> PathVisitor::begin_effects(const About& about,
                                                    const std::vector<std::string>& present)
{
    enter(about.key);
    listed_ = std::set<std::string>(present.begin(), present.end()).size() != present.size();
    next_effect_ = 0;
    return present;
}

void PathVisitor::begin_effect(const About& about)
{
    const std::string position = std::to_string(next_effect_++);
    enter(listed_ ? position + "." + std::string(about.key) : std::string(about.key));
}

void PathVisitor::end()
{
    paths_.pop_back();
}

} // namespace walkout::io
