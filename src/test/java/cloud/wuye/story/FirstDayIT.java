package cloud.wuye.story;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.platform.graphql.GraphQLSocket;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A property company's first day, from on-boarding to the first light that goes out by timetable. */
@Tag("keycloak")
class FirstDayIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String SUPPLY =
            "query($d:ID!){device(id:$d){connectivity supply{desired reported confirmed whyOff{code zh en}}}}";
    private static Town town;

    private final String code = "s" + UUID.randomUUID().toString().substring(24);

    @BeforeAll
    static void build() {
        town = new Town();
    }

    @AfterAll
    static void leave() {
        town.close();
    }

    @Test
    void onboardRegisterConnectReadAndSwitchByTimetable() throws InterruptedException {
        String company = onboard();
        String lin = town.login(code, "lin");
        assertEquals(List.of("manager"), town.ask(lin, "{me{roles}}").getList("me.roles"));

        JsonPath registered = register(lin);
        String device = registered.getString("registerDevice.device.id");
        try (SimulatedMeter meter = connect(registered);
                GraphQLSocket watched =
                        town.watch(lin, "subscription{r:meterReadingUpdates(deviceIds:[\"" + device + "\"]){value}}")) {
            meter.report();
            awaitShown(watched, meter.register());
            await().atMost(SOON).until(() -> reading(lin, device) != null);
            assertEquals(0, meter.register().compareTo(new BigDecimal(reading(lin, device))));
            await().atMost(SOON).until(() -> "ON".equals(supply(lin, device, "reported")));
            assertEquals("ONLINE", town.ask(lin, SUPPLY, "d", device).getString("device.connectivity"));

            switchedOffByTimetable(lin, device, meter);
            switchedBackWhenItReturns(lin, device, meter);
            shutOutWithItsCompany(company, lin, meter);
        }
        assertEquals(List.of(), town.errors(), "nothing went wrong that nobody was told");
    }

    private void switchedOffByTimetable(String lin, String device, SimulatedMeter meter) {
        String schedule = schedule(lin, device);
        await().atMost(SOON).until(() -> !meter.hasSupply());
        await().atMost(SOON).until(() -> "OFF".equals(supply(lin, device, "reported")));
        // An acknowledgement would not do: the meter itself has to show it.
        await().atMost(SOON).until(() -> "true".equals(supply(lin, device, "confirmed")));
        assertEquals("OFF", supply(lin, device, "desired"));
        assertEquals("HELD", supply(lin, device, "whyOff.code"));
        assertTrue(supply(lin, device, "whyOff.zh").contains("定时"), supply(lin, device, "whyOff.zh"));

        // The service learns what became of it from the meter itself.
        // Its acknowledgement may be read after its report, and the service may have asked it meanwhile how it stands.
        await().atMost(SOON).until(() -> "SUCCEEDED"
                .equals(town.ask(
                                lin,
                                "query($d:ID!){deviceCommands(filter:{deviceId:$d op:\"relay.set\"}){nodes{state}}}",
                                "d",
                                device)
                        .getString("deviceCommands.nodes[0].state")));

        meter.loseNetwork();
        town.ask(lin, "mutation($s:ID!){deletePowerSchedule(id:$s){id}}", "s", schedule);
        await().atMost(SOON).until(() -> "ON".equals(supply(lin, device, "desired")));
    }

    private void switchedBackWhenItReturns(String lin, String device, SimulatedMeter meter) {
        assertFalse(meter.hasSupply());
        meter.connectNow();
        await().atMost(SOON).until(meter::hasSupply);
        await().atMost(SOON).until(() -> "ON".equals(supply(lin, device, "reported")));
        await().atMost(SOON).until(() -> "true".equals(supply(lin, device, "confirmed")));
        List<String> acts =
                town.ask(lin, "{auditEntries(first:100){nodes{act}}}").getList("auditEntries.nodes.act");
        assertTrue(acts.containsAll(List.of("device.register", "space.create")), acts::toString);
    }

    private void shutOutWithItsCompany(String company, String lin, SimulatedMeter meter) {
        town.ask(town.operator(), "mutation($c:ID!){suspendTenant(id:$c reason:\"unpaid\"){status}}", "c", company);
        await().atMost(SOON).until(() -> town.status(lin, "{me{roles}}") == 401);
        meter.disconnect("moving house");
        assertFalse(connects(meter), "a suspended company's meter is refused by the broker");
    }

    private static boolean connects(SimulatedMeter meter) {
        try {
            meter.connectNow();
            return meter.isOnline();
        } catch (RuntimeException refused) {
            return false;
        }
    }

    private String onboard() {
        JsonPath made = town.ask(
                town.operator(),
                "mutation($i:OnboardTenantInput!){onboardTenant(input:$i){temporaryPassword company{id status}}}",
                "i",
                Map.of(
                        "code",
                        code,
                        "name",
                        "故事物业",
                        "manager",
                        Map.of("username", "lin", "name", "林静", "email", "lin@wuye.example")));
        assertNotNull(made.getString("onboardTenant.temporaryPassword"), "there is no mail server, so it is shown");
        String id = made.getString("onboardTenant.company.id");
        town.settlePassword(code, "lin");
        return id;
    }

    private JsonPath register(String lin) {
        String space = town.ask(lin, "mutation{createSpace(input:{kind:\"COMMUNITY\" name:\"海棠苑\"}){id}}")
                .getString("createSpace.id");
        return town.ask(
                lin,
                "mutation($s:ID!){registerDevice(input:{kind:ELECTRICITY_METER serialNo:\"ZJ00239J0012\" name:\"1-101\""
                        + " spaceId:$s}){device{id uid} credential{username password}}}",
                "s",
                space);
    }

    private SimulatedMeter connect(JsonPath registered) {
        DeviceCard card = DeviceCard.home(
                code,
                registered.getString("registerDevice.credential.username"),
                registered.getString("registerDevice.credential.password"));
        SimulatedMeter meter = SimulatedMeter.of(
                BrokerAddress.parse(town.brokerHost() + ":" + town.brokerPort()), card, MeterSettings.usual());
        meter.connectNow();
        return meter;
    }

    /** Off a moment ago, on again in an hour. */
    private String schedule(String lin, String device) {
        DateTimeFormatter hourAndMinute = DateTimeFormatter.ofPattern("HH:mm");
        LocalTime now = LocalTime.now(SHANGHAI);
        return town.ask(
                        lin,
                        "mutation($i:PowerScheduleInput!){createPowerSchedule(input:$i){id}}",
                        "i",
                        Map.of(
                                "name",
                                "夜间断电",
                                "deviceIds",
                                List.of(device),
                                "times",
                                List.of(
                                        Map.of("action", "OFF", "time", hourAndMinute.format(now.minusMinutes(1))),
                                        Map.of("action", "ON", "time", hourAndMinute.format(now.plusHours(1))))))
                .getString("createPowerSchedule.id");
    }

    /** What it was fitted with may be shown before; the wait ends by itself when nothing more comes. */
    private static void awaitShown(GraphQLSocket watched, BigDecimal register) throws InterruptedException {
        String value;
        do {
            JsonObject shown = watched.next(SOON).getJsonObject("payload").getJsonObject("data");
            value = shown.getJsonObject("r").getString("value");
        } while (register.compareTo(new BigDecimal(value)) != 0);
    }

    private static String reading(String lin, String device) {
        return town.ask(lin, "query($d:ID!){device(id:$d){latestReading{value}}}", "d", device)
                .getString("device.latestReading.value");
    }

    private static String supply(String lin, String device, String field) {
        return town.ask(lin, SUPPLY, "d", device).getString("device.supply." + field);
    }
}
