#include "sim/study/row_code.hpp"

#include <nlohmann/json.hpp>

namespace walkout {

using Json = nlohmann::json;

Bytes bytes_of(const RunRow& row)
{
    const Bytes curve(row.curve.begin(), row.curve.end());
    // Messages of failed runs may quote a file that is no UTF-8: bytes, not text.
    const Bytes error(row.error.begin(), row.error.end());
    const Bytes command(row.command.begin(), row.command.end());
    return Json::to_cbor(
        Json::array({row.number, row.scenario, row.point, row.replicate, row.seed, row.parameters,
                     row.measures, row.outcome, row.fingerprint, Json::binary(error),
                     Json::binary(command), Json::binary(curve)}));
}

RunRow row_from(const Bytes& bytes)
{
    const Json fields = Json::from_cbor(bytes);
    const auto text = [&](std::size_t field) {
        const Bytes& binary = fields.at(field).get_binary();
        return std::string(binary.begin(), binary.end());
    };
    return {.number = fields.at(0),
            .scenario = fields.at(1),
            .point = fields.at(2),
            .replicate = fields.at(3),
            .seed = fields.at(4),
            .parameters = fields.at(5),
            .measures = fields.at(6),
            .outcome = fields.at(7),
            .fingerprint = fields.at(8),
            .error = text(9),
            .command = text(10),
            .curve = text(11)};
}

std::string text_of(const WorldLines& world)
{
    return Json(world).dump(-1, ' ', false, Json::error_handler_t::replace);
}

WorldLines world_from(const std::string& text)
{
    return Json::parse(text);
}

} // namespace walkout
