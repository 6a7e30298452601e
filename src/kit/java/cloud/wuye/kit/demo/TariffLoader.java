package cloud.wuye.kit.demo;

import cloud.wuye.kit.demo.DemoMoney.DemoTariff;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a company's tariff plans, each with a published version; goes on with a draft that was left behind. */
final class TariffLoader {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final GraphQLDoor manager;

    TariffLoader(GraphQLDoor manager) {
        this.manager = manager;
    }

    /** The plans' ids by name. */
    Map<String, String> load(List<DemoTariff> tariffs) {
        Map<String, JsonNode> there = new HashMap<>();
        manager.all("query Plans($after: String) { tariffPlans(first: 100, after: $after) {"
                        + " edges { node { id name versions { id status } } } pageInfo { hasNextPage endCursor } } }")
                .forEach(plan -> there.put(DemoPeople.text(plan, "name"), plan));
        Map<String, String> ids = new HashMap<>();
        for (DemoTariff tariff : tariffs) {
            JsonNode plan = there.containsKey(tariff.name()) ? there.get(tariff.name()) : create(tariff);
            String id = DemoPeople.text(plan, "id");
            if (with("PUBLISHED", plan) == null) {
                String draft = with("DRAFT", plan);
                publish(draft == null ? draft(id, tariff) : draft);
            }
            ids.put(tariff.name(), id);
        }
        return ids;
    }

    private static String with(String status, JsonNode plan) {
        for (JsonNode version : plan.path("versions")) {
            if (DemoPeople.text(version, "status").equals(status)) {
                return DemoPeople.text(version, "id");
            }
        }
        return null;
    }

    private JsonNode create(DemoTariff tariff) {
        return manager.ask(
                        "mutation Plan($input: TariffPlanInput!) { createTariffPlan(input: $input) {"
                                + " id versions { id status } } }",
                        Map.of("input", Map.of("name", tariff.name(), "commodity", tariff.commodity())))
                .path("createTariffPlan");
    }

    private String draft(String plan, DemoTariff tariff) {
        Map<String, Object> input = new HashMap<>(tariff.version());
        input.put("validFrom", DemoMoney.pricesSince(LocalDate.now(ZONE)));
        return manager.ask(
                        "mutation Draft($plan: ID!, $input: TariffVersionInput!) {"
                                + " draftTariffVersion(planId: $plan, input: $input) { id } }",
                        Map.of("plan", plan, "input", input))
                .at("/draftTariffVersion/id")
                .asText();
    }

    private void publish(String draft) {
        JsonNode written =
                manager.ask("query Draft($id: ID!) { tariffVersion(id: $id) { version } }", Map.of("id", draft));
        manager.ask(
                "mutation Publish($id: ID!, $version: Int!) { publishTariffVersion(id: $id, version: $version) { id } }",
                Map.of(
                        "id",
                        draft,
                        "version",
                        written.at("/tariffVersion/version").asInt()));
    }
}
