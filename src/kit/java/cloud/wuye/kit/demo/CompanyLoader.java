package cloud.wuye.kit.demo;

import cloud.wuye.kit.demo.DemoCompany.DemoMeter;
import cloud.wuye.kit.demo.DemoCompany.DemoPerson;
import cloud.wuye.kit.demo.DemoCompany.DemoSpace;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.LoadProfile;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings one company to what the demo wants it to be. Looks first and adds only what is missing, so it goes on where it
 * was cut off and does nothing the second time.
 */
final class CompanyLoader {
    private final DemoCompany company;
    private final Keycloak keycloak;
    private final GraphQLDoor operator;
    private final GraphQLDoor manager;

    CompanyLoader(DemoPlace place, DemoCompany company) {
        this.company = company;
        this.keycloak = new Keycloak(place);
        operator = new GraphQLDoor(place, () -> keycloak.tokenOf("wuye-platform", "operator", "operator"));
        manager = new GraphQLDoor(
                place, () -> keycloak.tokenOf(company.code(), company.manager().username(), DemoData.PASSWORD));
    }

    /**
     * Loads what is missing.
     *
     * @param known cards from earlier runs by uid; passwords are shown once, so a device without a card gets a new one
     * @param keep gets each new card at once, before anything else can go wrong
     * @return the cards of all meters
     */
    List<DeviceCard> load(Map<String, DeviceCard> known, Consumer<DeviceCard> keep) {
        onboard();
        people();
        return meters(spaces(), known, keep);
    }

    private void onboard() {
        DemoPerson first = company.manager();
        operator.ask(
                """
                mutation Onboard($input: OnboardTenantInput!) { onboardTenant(input: $input) { managerUsername } }""",
                Map.of(
                        "input",
                        Map.of(
                                "code",
                                company.code(),
                                "name",
                                company.name(),
                                "manager",
                                Map.of("username", first.username(), "name", first.name()))));
        keycloak.givePassword(company.code(), first);
    }

    private void people() {
        Set<String> there = new HashSet<>();
        manager
                .all("query Staff($after: String) { staff(first: 100, after: $after) {"
                        + " edges { node { username status } } pageInfo { hasNextPage endCursor } } }")
                .stream()
                .filter(person -> !person.path("status").asText().equals("INVITING"))
                .forEach(person -> there.add(person.path("username").asText()));
        for (DemoPerson person : company.people()) {
            if (!person.isStaff()) {
                keycloak.ensureResident(company.code(), person);
            } else if (!there.contains(person.username())) {
                manager.ask(
                        "mutation Invite($input: InviteStaffInput!) { inviteStaff(input: $input) { staff { id } } }",
                        Map.of(
                                "input",
                                Map.of(
                                        "username",
                                        person.username(),
                                        "name",
                                        person.name(),
                                        "roles",
                                        List.of(person.role().toUpperCase(Locale.ROOT)))));
            }
            keycloak.givePassword(company.code(), person);
        }
    }

    /** The ids of all spaces by path. */
    private Map<String, String> spaces() {
        Map<String, String> ids = new HashMap<>();
        List<JsonNode> there = manager.all("query Spaces($after: String) { spaces(first: 200, after: $after) {"
                + " edges { node { id parentId name } } pageInfo { hasNextPage endCursor } } }");
        for (DemoSpace space : company.spaces()) {
            String parent = ids.get(space.parent());
            String id = there.stream()
                    .filter(each -> each.path("name").asText().equals(space.name()))
                    .filter(each -> each.path("parentId").asText("").equals(parent == null ? "" : parent))
                    .map(each -> each.path("id").asText())
                    .findFirst()
                    .orElseGet(() -> create(space, parent));
            ids.put(space.path(), id);
        }
        return ids;
    }

    private String create(DemoSpace space, String parent) {
        Map<String, Object> input =
                new HashMap<>(Map.of("kind", space.kind(), "name", space.name(), "position", space.position()));
        if (parent != null) {
            input.put("parentId", parent);
        }
        return manager.ask(
                        "mutation Space($input: SpaceInput!) { createSpace(input: $input) { id } }",
                        Map.of("input", input))
                .at("/createSpace/id")
                .asText();
    }

    private List<DeviceCard> meters(
            Map<String, String> spaces, Map<String, DeviceCard> known, Consumer<DeviceCard> keep) {
        Map<String, JsonNode> there = new HashMap<>();
        manager.all("query Devices($after: String) { devices(first: 200, after: $after) {"
                        + " edges { node { id uid serialNo } } pageInfo { hasNextPage endCursor } } }")
                .forEach(device -> there.put(device.path("serialNo").asText(), device));
        List<DeviceCard> cards = new ArrayList<>();
        for (DemoMeter meter : company.meters()) {
            JsonNode device = there.get(meter.serial());
            String uid = device == null ? "" : device.path("uid").asText();
            DeviceCard card = known.get(uid);
            if (card == null) {
                JsonNode login = device == null ? register(meter, spaces) : rotate(device);
                card = card(meter, login);
                keep.accept(card);
            }
            cards.add(card);
        }
        return cards;
    }

    private JsonNode register(DemoMeter meter, Map<String, String> spaces) {
        return manager.ask(
                        "mutation Register($input: DeviceInput!) { registerDevice(input: $input) {"
                                + " credential { username password } } }",
                        Map.of(
                                "input",
                                Map.of(
                                        "kind",
                                        meter.kind(),
                                        "serialNo",
                                        meter.serial(),
                                        "name",
                                        meter.name(),
                                        "model",
                                        meter.model(),
                                        "spaceId",
                                        spaces.get(meter.space()))))
                .at("/registerDevice/credential");
    }

    private JsonNode rotate(JsonNode device) {
        return manager.ask(
                        "mutation Rotate($id: ID!) { rotateDeviceCredential(id: $id, reason: \"demo\") {"
                                + " username password } }",
                        Map.of("id", device.path("id").asText()))
                .path("rotateDeviceCredential");
    }

    private DeviceCard card(DemoMeter meter, JsonNode login) {
        return new DeviceCard(
                company.code(),
                meter.kind().equals("WATER_METER") ? "wmeter" : "emeter",
                login.path("username").asText(),
                login.path("password").asText(),
                meter.serial(),
                LoadProfile.valueOf(meter.profile().toUpperCase(Locale.ROOT)));
    }
}
