#include "sim/io/study_design.hpp"

#include "sim/io/did_you_mean.hpp"
#include "sim/io/source_file.hpp"
#include "sim/io/study_parameter.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace walkout::io {

namespace {

constexpr double most_points = 1e8;

class DesignReader {
public:
    DesignReader(MapReader& study, const std::vector<Place>* places, StudyFile& file,
                 Problems& problems)
        : in_(study), places_(places), file_(file), study_(file.study), problems_(problems)
    {
    }

    void read()
    {
        file_.design = in_.place(in_.has("design") ? "design" : "parameters");
        const std::size_t before = problems_.count();
        const Value* value = in_.find("design");
        if (value && value->kind == Value::Kind::scalar)
            read_design_kind(value->text, value->place);
        else if (value)
            read_design_map(*value);
        if (places_ && problems_.count() == before)
            check_spreads();
    }

private:
    bool read_design_kind(const std::string& name, const Place& place)
    {
        const auto found = std::ranges::find(design_names(), name);
        if (found == design_names().end()) {
            problems_.add(place, fmt::format("unknown design '{}'", printable(name)),
                          did_you_mean_or_all(name, design_names(), "designs:"));
            return false;
        }
        study_.design.kind = static_cast<DesignKind>(found - design_names().begin());
        const bool sized = study_.design.kind != DesignKind::grid &&
                           study_.design.kind != DesignKind::one_at_a_time;
        if (sized && study_.design.points == 0 && study_.design.rows.empty() && !in_design_)
            problems_.add(place, fmt::format("design {} needs more to be told", name),
                          help_for_size(study_.design.kind));
        return true;
    }

    static std::string help_for_size(DesignKind kind)
    {
        switch (kind) {
        case DesignKind::list:
            return "write 'design: {list: [{a: 1, b: 2}, {a: 3}]}'";
        case DesignKind::table:
            return "write 'design: {table: points.csv}'";
        case DesignKind::morris:
            return "write 'design: {morris: {trajectories: 20}}'";
        default:
            return fmt::format("write 'design: {{{}: {{points: 256}}}}'",
                               design_names()[static_cast<std::size_t>(kind)]);
        }
    }

    void read_design_map(const Value& value)
    {
        if (value.kind != Value::Kind::map || value.fields.size() != 1)
            return problems_.add(in_.place("design"), "design must name one design",
                                 "write it like 'design: grid' or "
                                 "'design: {latin_hypercube: {points: 500}}'");
        in_design_ = true;
        const Field& field = value.fields.front();
        if (!read_design_kind(field.key, field.place))
            return;
        const std::string path = "design." + field.key;
        if (study_.design.kind == DesignKind::list)
            return read_rows(field, path);
        if (study_.design.kind == DesignKind::table)
            return read_table(field);
        if (field.value.kind != Value::Kind::map)
            return problems_.add(field.place, path + " must be a map of keys to values",
                                 help_for_size(study_.design.kind));
        MapReader map(field.value, path, path, problems_);
        read_size(map, field.place);
        map.finish();
    }

    void read_size(MapReader& map, const Place& place)
    {
        DesignParams& design = study_.design;
        if (design.kind == DesignKind::grid || design.kind == DesignKind::one_at_a_time)
            return;
        const char* key = design.kind == DesignKind::morris ? "trajectories" : "points";
        if (const auto points = map.whole(key, {1, most_points}))
            design.points = static_cast<std::uint64_t>(*points);
        else if (!map.has(key))
            problems_.add(place, fmt::format("{} is missing", map.path_to(key)),
                          help_for_size(design.kind));
        if (design.kind == DesignKind::morris)
            read_levels(map);
    }

    void read_levels(MapReader& map)
    {
        const auto levels = map.whole("levels", {2, 1000});
        study_.design.levels = static_cast<unsigned>(levels.value_or(4));
        if (study_.design.levels % 2 != 0)
            problems_.add(map.place("levels"),
                          fmt::format("{}: {} is odd", map.path_to("levels"), study_.design.levels),
                          "with an even number all levels are equally likely");
    }

    // ------------------------------------------------------------ rows

    std::vector<double> own_row() const
    {
        std::vector<double> row;
        for (const StudyParameter& parameter : study_.parameters)
            row.push_back(parameter.own);
        return row;
    }

    /// What a point says of a parameter, if anything.
    std::optional<double> read_value(MapReader& point, const StudyParameter& parameter)
    {
        const Value* value = point.find(parameter.name);
        if (!value || !can_read_rows())
            return std::nullopt;
        return read_parameter_value(*value, point.path_to(parameter.name), parameter, file_,
                                    problems_);
    }

    void read_rows(const Field& field, const std::string& path)
    {
        if (field.value.kind != Value::Kind::list || field.value.items.empty())
            return problems_.add(field.place, path + " must be a list of points",
                                 help_for_size(DesignKind::list));
        for (std::size_t i = 0; i < field.value.items.size(); ++i) {
            const Value& item = field.value.items[i];
            const std::string name = fmt::format("{}.{}", path, i);
            if (item.kind != Value::Kind::map) {
                problems_.add(item.place, name + " must be a map from parameters to values");
                continue;
            }
            MapReader map(item, name, name, problems_);
            auto row = own_row();
            for (std::size_t k = 0; k < row.size(); ++k)
                row[k] = read_value(map, study_.parameters[k]).value_or(row[k]);
            if (places_)
                map.finish();
            study_.design.rows.push_back(std::move(row));
        }
    }

    void read_table(const Field& field)
    {
        const auto name = read_text_at(field.value, "design.table", problems_);
        const std::string path =
            name ? path_inside(*name, field.value.place, problems_) : std::string();
        if (path.empty())
            return;
        const Loaded loaded = load_file(path, {path, "", "", 1000, ""}, largest_table);
        if (!loaded.source)
            return problems_.add(field.value.place, loaded.error, loaded.help);
        file_.inputs.push_back(path);
        if (can_read_rows())
            read_design_table(loaded.source, file_, own_row(), problems_);
    }

    // ------------------------------------------------------------ design and parameters

    /// Whether the design can make points of what the parameters say.
    void check_spreads()
    {
        const std::vector<Place>& places = *places_;
        const DesignKind kind = study_.design.kind;
        const std::string name = design_names()[static_cast<std::size_t>(kind)];
        const bool rows = kind == DesignKind::list || kind == DesignKind::table;
        const bool levels = kind == DesignKind::grid;
        for (std::size_t k = 0; k < places.size(); ++k) {
            const StudyParameter& parameter = study_.parameters[k];
            const std::string path = "parameters." + parameter.name;
            if (rows && parameter.spread != Spread::rows)
                problems_.add(places[k],
                              fmt::format("{} has values, and so has design {}", path, name),
                              "keep the path only: the design's rows give the values");
            else if (!rows && parameter.spread == Spread::rows)
                problems_.add(places[k], path + " has no values",
                              parameter.flag ? "add 'values: [true, false]'"
                                             : "add 'values: [...]' or 'range: [low, high]'");
            else if (levels && parameter.spread != Spread::levels)
                problems_.add(places[k],
                              fmt::format("{} is continuous, but design grid needs "
                                          "single values",
                                          path),
                              "write 'values: [...]' or 'linear: {from: ..., to: ..., steps: 5}', "
                              "or take a design that samples, like latin_hypercube");
        }
        if (places.empty() && !rows && kind != DesignKind::grid)
            problems_.add(file_.design, fmt::format("design {} needs parameters", name),
                          "add 'parameters:'");
    }

    /// Whether the unit of each value is known.
    bool can_read_rows() const { return places_ && !file_.scenarios.empty(); }

    MapReader& in_;
    const std::vector<Place>* places_;
    StudyFile& file_;
    Study& study_;
    Problems& problems_;
    bool in_design_ = false;
};

} // namespace

void read_study_design(MapReader& study, const std::vector<Place>* places, StudyFile& file,
                       Problems& problems)
{
    DesignReader(study, places, file, problems).read();
}

} // namespace walkout::io
