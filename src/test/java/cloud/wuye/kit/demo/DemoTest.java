package cloud.wuye.kit.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedFleet;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.WithKeycloak;
import cloud.wuye.testing.WuyeServers;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo from end to end: real Keycloak, real broker, the doors that everybody uses. */
@QuarkusTest
@TestProfile(DemoTest.AsInDevelopment.class)
@WithTestResource(DemoTest.KnownToKeycloak.class)
class DemoTest {
    private static final KitServers KIT = KitServers.shared();

    /** The client that trades passwords for tokens exists in development only. */
    public static class AsInDevelopment implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "wuye.identity.realm.cli", "true",
                    "wuye.jobs.billing", "1s",
                    "wuye.jobs.judge-credit", "1s",
                    "wuye.jobs.meter-purchases", "1s",
                    "wuye.jobs.rerate-usage", "1s",
                    "wuye.jobs.tariffs-ahead", "1s",
                    "wuye.jobs.upkeep", "1h",
                    "wuye.jobs.watch-payments", "1s");
        }
    }

    /** Keycloak knows where the service is. */
    public static final class KnownToKeycloak extends WithKeycloak {
        @Override
        public Map<String, String> start() {
            return KitServers.shared().withKeycloak().settings().keycloak(WuyeServers.service());
        }
    }

    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path directory;

    private DemoPlace place;

    @BeforeEach
    void place() {
        place = placeWithPaymentAt(KIT.fact("payment.url"));
    }

    private DemoPlace placeWithPaymentAt(String payment) {
        return new DemoPlace(
                "http://localhost:" + service.getPort(),
                KIT.fact("keycloak.url"),
                KIT.fact("keycloak.admin.username"),
                KIT.fact("keycloak.admin.password"),
                KIT.fact("mqtt.host") + ":" + KIT.fact("mqtt.port"),
                "postgresql://nowhere",
                payment,
                directory);
    }

    @Test
    void isLoadedOnceHoweverOftenAndItsMetersReport() throws IOException, InterruptedException {
        forgetRealms();
        Path ready = Files.createFile(directory.resolve("keycloak.ready"));
        List<DeviceCard> cards = new Demo(place, ready).load();
        int meters = DemoData.companies().stream()
                .mapToInt(company -> company.meters().size())
                .sum();
        assertEquals(meters, cards.size());
        assertTrue(cards.stream()
                        .filter(card -> card.deviceClass().equals("emeter"))
                        .count()
                >= 40 - 3);

        assertEquals(Set.copyOf(cards), Set.copyOf(new Demo(place, ready).load()), "the second time changes nothing");
        Files.delete(place.credentials());
        List<DeviceCard> again = new Demo(place, ready).load();
        assertEquals(uids(cards), uids(again), "lost passwords are replaced, devices are not");
        assertFalse(again.contains(cards.get(0)));

        theOneLinerWorks();
        everybodyCanLogIn();
        companiesCanBePaid();
        residentsComeInByWeChat();
        moneyCutOffHalfWay(ready);
        moneyIsLoadedOnceHoweverOften(ready);
        metersReport(again);
    }

    /** The payment simulator is away just when the first resident wants to pay. */
    private void moneyCutOffHalfWay(Path ready) {
        try (Demo demo = new Demo(placeWithPaymentAt("http://localhost:1"), ready)) {
            demo.connect(demo.load());
            assertThrows(Web.Away.class, demo::loadMoney);
        }
        DemoMoneyCheck check = new DemoMoneyCheck(place, "haitang", "lin.manager");
        assertEquals(List.of("HTE1101 1.00 PENDING"), check.payments(), "an order was placed and is not paid");
    }

    private void moneyIsLoadedOnceHoweverOften(Path ready) throws IOException, InterruptedException {
        DemoMoneyCheck haitang = new DemoMoneyCheck(place, "haitang", "lin.manager");
        DemoMoneyCheck yunshan = new DemoMoneyCheck(place, "yunshan", "zhao.manager");
        String before;
        try (Demo demo = new Demo(place, ready)) {
            runToTheEnd(demo);
            haitang.holdsItsFlats();
            haitang.holdsItsBillsAndRefund();
            yunshan.holdsItsOffices();
            before = haitang.everything() + yunshan.everything();
            String answer = answerOf(new Banner(place).moneyOneLiner());
            JsonNode data = Web.JSON.readTree(answer).path("data");
            assertEquals("HTE1101", data.at("/myMeters/0/meterNo").asText(), answer);
            assertEquals(3, data.at("/myPaymentRecords/nodes").size(), answer);
        }
        try (Demo demo = new Demo(place, ready)) {
            runToTheEnd(demo);
            assertEquals(before, haitang.everything() + yunshan.everything(), "the second time changes nothing");
        }
    }

    private static void runToTheEnd(Demo demo) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        demo.start(new PrintStream(said, true, StandardCharsets.UTF_8));
        await().atMost(Duration.ofMinutes(4))
                .until(() -> said.toString(StandardCharsets.UTF_8).contains(Demo.TOLD));
    }

    private void theOneLinerWorks() throws IOException, InterruptedException {
        Banner banner = new Banner(place);
        assertTrue(banner.text().contains(banner.oneLiner()));
        assertTrue(banner.text().contains(banner.moneyOneLiner()));
        String answer = answerOf(banner.oneLiner());
        JsonNode data = Web.JSON.readTree(answer).path("data");
        assertEquals("HTE1000", data.at("/meters/edges/0/node/serialNo").asText(), answer);
    }

    private static String answerOf(String oneLiner) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", oneLiner)
                .redirectErrorStream(true)
                .start();
        String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), answer);
        return answer;
    }

    private void everybodyCanLogIn() {
        Keycloak keycloak = new Keycloak(place);
        for (DemoCompany company : DemoData.companies()) {
            company.people().forEach(person -> {
                String token = keycloak.tokenOf(company.code(), person.username(), DemoData.PASSWORD);
                JsonNode me = new GraphQLDoor(place, () -> token)
                        .ask("{ me { name roles resident { name spaces { path } } } }", Map.of());
                assertTrue(me.toString().toLowerCase(Locale.ROOT).contains(person.role()), me.toString());
                JsonNode home = me.at("/me/resident/spaces");
                assertEquals(person.isStaff() ? 0 : 1, home.size(), me.toString());
                if (!person.isStaff()) {
                    String path = home.at("/0/path").toString();
                    assertEquals("[\"" + person.home().replace("/", "\",\"") + "\"]", path);
                }
            });
        }
    }

    private void companiesCanBePaid() {
        Keycloak keycloak = new Keycloak(place);
        for (DemoCompany company : DemoData.companies()) {
            GraphQLDoor manager = new GraphQLDoor(
                    place,
                    () -> keycloak.tokenOf(company.code(), company.manager().username(), DemoData.PASSWORD));
            assertTrue(manager.ask("{ paymentChannel(kind: WECHAT_PAY) { enabled } }", Map.of())
                    .at("/paymentChannel/enabled")
                    .asBoolean());
        }
    }

    private void residentsComeInByWeChat() throws IOException, InterruptedException {
        Banner banner = new Banner(place);
        assertTrue(banner.text().contains(banner.weChatOneLiner()));
        String answer = answerOf(banner.weChatOneLiner());
        String token = Web.JSON.readTree(answer).path("accessToken").asText();
        JsonNode me = new GraphQLDoor(place, () -> token).ask("{ me { username resident { name } } }", Map.of());
        assertEquals("张伟", me.at("/me/resident/name").asText(), answer);
    }

    private void metersReport(List<DeviceCard> cards) {
        GraphQLDoor manager =
                new GraphQLDoor(place, () -> new Keycloak(place).tokenOf("haitang", "lin.manager", DemoData.PASSWORD));
        try (SimulatedFleet fleet =
                SimulatedFleet.of(BrokerAddress.parse(place.broker()), cards, MeterSettings.usual(), place.memory())) {
            fleet.connect();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> fleet.meters().stream().allMatch(SimulatedMeter::isOnline));
            fleet.meters().forEach(SimulatedMeter::report);
            await().atMost(Duration.ofSeconds(30)).until(() -> online(manager) >= 34);
            SimulatedMeter first = fleet.meter(firstOf(manager).path("uid").asText());
            await().atMost(Duration.ofSeconds(30)).until(() -> latest(manager).compareTo(first.register()) == 0);
        }
    }

    // Exact numbers travel as text.
    private static BigDecimal latest(GraphQLDoor manager) {
        return new BigDecimal(firstOf(manager).at("/latestReading/value").asText("0"));
    }

    private static JsonNode firstOf(GraphQLDoor manager) {
        return manager.ask("{ meters(first: 1) { edges { node { uid latestReading { value } } } } }", Map.of())
                .at("/meters/edges/0/node");
    }

    private static int online(GraphQLDoor manager) {
        return manager.all("query Online($after: String) { devices(first: 100, after: $after,"
                        + " filter: { connectivity: ONLINE }) { edges { node { id } }"
                        + " pageInfo { hasNextPage endCursor } } }")
                .size();
    }

    // Another test's database may have left realms of these names in the shared Keycloak.
    private void forgetRealms() {
        Keycloak keycloak = new Keycloak(place);
        DemoData.companies().forEach(company -> keycloak.forgetRealm(company.code()));
    }

    private static Set<String> uids(List<DeviceCard> cards) {
        Set<String> uids = new HashSet<>();
        cards.forEach(card -> uids.add(card.uid()));
        return uids;
    }
}
