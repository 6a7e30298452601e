package cloud.wuye.kit.demo;

import cloud.wuye.kit.KitException;
import cloud.wuye.kit.demo.DemoCompany.DemoMeter;
import cloud.wuye.kit.demo.DemoCompany.DemoPerson;
import cloud.wuye.kit.demo.DemoCompany.DemoSchedule;
import cloud.wuye.kit.demo.DemoCompany.DemoSpace;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.LoadProfile;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
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
    private static final String CHANNEL = "query Channel { paymentChannel(kind: WECHAT_PAY) { enabled } }";

    private final DemoPlace place;
    private final DemoCompany company;
    private final Keycloak keycloak;
    private final GraphQLDoor operator;
    private final GraphQLDoor manager;

    CompanyLoader(DemoPlace place, DemoCompany company) {
        this.place = place;
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
        staff();
        Map<String, String> spaces = spaces();
        residents(spaces);
        List<DeviceCard> cards = meters(known, keep);
        schedules(spaces);
        payment();
        new WeChatLoader(place, company).load();
        return cards;
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

    private void staff() {
        Set<String> there = new HashSet<>();
        manager
                .all("query Staff($after: String) { staff(first: 100, after: $after) {"
                        + " edges { node { username status } } pageInfo { hasNextPage endCursor } } }")
                .stream()
                .filter(person -> !person.path("status").asText().equals("INVITING"))
                .forEach(person -> there.add(person.path("username").asText()));
        for (DemoPerson person :
                company.people().stream().filter(DemoPerson::isStaff).toList()) {
            if (!there.contains(person.username())) {
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

    /** Written down, given a log-in, moved in: three steps, so that each is found done if the next was cut off. */
    private void residents(Map<String, String> spaces) {
        List<JsonNode> there = manager.all("query Residents($after: String) { residents(first: 100, after: $after) {"
                + " edges { node { id name subject spaces { id } } } pageInfo { hasNextPage endCursor } } }");
        for (DemoPerson person :
                company.people().stream().filter(each -> !each.isStaff()).toList()) {
            JsonNode resident = there.stream()
                    .filter(each -> each.path("name").asText().equals(person.name()))
                    .findFirst()
                    .orElseGet(() -> register(person));
            String id = resident.path("id").asText();
            if (resident.path("subject").asText("").isEmpty()) {
                manager.ask(
                        "mutation Link($id: ID!, $username: String!) { linkResident(id: $id, username: $username) {"
                                + " resident { id } } }",
                        Map.of("id", id, "username", person.username()));
            }
            keycloak.givePassword(company.code(), person);
            if (resident.path("spaces").isEmpty()) {
                manager.ask(
                        "mutation MoveIn($input: OccupancyInput!) { moveIn(input: $input) { id } }",
                        Map.of(
                                "input",
                                Map.of("residentId", id, "spaceId", spaces.get(person.home()), "role", person.stay())));
            }
        }
    }

    private JsonNode register(DemoPerson person) {
        return manager.ask(
                        "mutation Register($input: ResidentInput!) { registerResident(input: $input) {"
                                + " resident { id } } }",
                        Map.of("input", Map.of("name", person.name(), "kind", "MEMBER")))
                .at("/registerResident/resident");
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

    /** The meters come as a file, as a company's own list would; those that are there already are left as they are. */
    private List<DeviceCard> meters(Map<String, DeviceCard> known, Consumer<DeviceCard> keep) {
        Map<String, DemoMeter> bySerial = new HashMap<>();
        StringBuilder csv = new StringBuilder("kind,serial_no,name,model,space\n");
        for (DemoMeter meter : company.meters()) {
            bySerial.put(meter.serial(), meter);
            csv.append(String.join(",", meter.kind(), meter.serial(), meter.name(), meter.model(), meter.space()))
                    .append('\n');
        }
        JsonNode report = manager.upload("/api/devices/import?dryRun=false", csv.toString());
        if (report.path("failed").asInt() > 0) {
            throw new KitException("The service refused meters: " + report.path("errors"));
        }
        Map<String, DeviceCard> cards = new HashMap<>(known);
        report.path("credentials").forEach(login -> {
            DeviceCard card = card(bySerial.get(login.path("serialNo").asText()), login);
            cards.put(card.uid(), card);
            keep.accept(card);
        });
        return manager
                .all("query Devices($after: String) { devices(first: 200, after: $after) {"
                        + " edges { node { id uid serialNo } } pageInfo { hasNextPage endCursor } } }")
                .stream()
                .filter(device -> bySerial.containsKey(device.path("serialNo").asText()))
                .map(device -> {
                    DeviceCard card = cards.get(device.path("uid").asText());
                    if (card == null) {
                        card = card(bySerial.get(device.path("serialNo").asText()), rotate(device));
                        keep.accept(card);
                    }
                    return card;
                })
                .toList();
    }

    private void schedules(Map<String, String> spaces) {
        Set<String> there = new HashSet<>();
        manager.all("query Schedules($after: String) { powerSchedules(first: 100, after: $after) {"
                        + " edges { node { name } } pageInfo { hasNextPage endCursor } } }")
                .forEach(schedule -> there.add(schedule.path("name").asText()));
        for (DemoSchedule schedule : company.schedules()) {
            if (!there.contains(schedule.name())) {
                manager.ask(
                        "mutation Schedule($input: PowerScheduleInput!) { createPowerSchedule(input: $input) { id } }",
                        Map.of(
                                "input",
                                Map.of(
                                        "name",
                                        schedule.name(),
                                        "spaceIds",
                                        List.of(spaces.get(schedule.space())),
                                        "times",
                                        List.of(
                                                Map.of("action", "OFF", "time", schedule.off()),
                                                Map.of("action", "ON", "time", schedule.on())))));
            }
        }
    }

    /** An account at the payment simulator, entered, tested and opened as a manager would do it. */
    private void payment() {
        if (place.payment() == null
                || manager.ask(CHANNEL, Map.of())
                        .path("paymentChannel")
                        .path("enabled")
                        .asBoolean()) {
            return;
        }
        JsonNode account = Web.json(Web.send(Web.to(place.payment() + "/_control/merchants")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"mchid\":\"" + company.merchantId() + "\",\"appid\":\""
                        + WeChatLoader.appid(company) + "\"}"))
                .build()));
        manager.ask(
                "mutation Configure($input: ConfigureWeChatPayInput!) { configureWeChatPay(input: $input) { kind } }",
                Map.of(
                        "input",
                        Map.of(
                                "appid",
                                account.path("appid").asText(),
                                "merchantNo",
                                account.path("mchid").asText(),
                                "merchantSerial",
                                account.path("serial").asText(),
                                "apiV3Key",
                                account.path("apiV3Key").asText(),
                                "merchantKey",
                                account.path("privateKey").asText(),
                                "channelKeys",
                                List.of(Map.of(
                                        "name",
                                        account.at("/platform/publicKeyId").asText(),
                                        "pem",
                                        account.at("/platform/publicKey").asText())))));
        manager.ask("mutation Test { testPaymentChannel(kind: WECHAT_PAY) { test { passed outcome } } }", Map.of());
        manager.ask("mutation Enable { enablePaymentChannel(kind: WECHAT_PAY) { enabled } }", Map.of());
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
