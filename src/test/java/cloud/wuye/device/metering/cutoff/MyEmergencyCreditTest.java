package cloud.wuye.device.metering.cutoff;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.TestAccounts;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.device.metering.resident.TestHomes;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.LoadProfile;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A simulated meter on the real broker is cut off; who lives there takes emergency credit, has light, and repays it. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class MyEmergencyCreditTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TAKE =
            "mutation($d:ID!){u:useMyEmergencyCredit(deviceId:$d){emergencyCredit emergencyLimit overdraftLimit credit}}";

    @Inject
    TestAccounts accounts;

    @Inject
    TestDevices tables;

    @Inject
    TestHomes homes;

    private TestTenant company;
    private UUID id;
    private SimulatedMeter meter;

    /** Nobody is spared by the hour or the weekday, whenever this runs. */
    @BeforeEach
    void aMeterInSunsFlat() {
        company = TestTenants.fresh();
        manager()
                .ask(
                        "mutation{createCutOffPolicy(input:{name:\"strict\" usual:true quietHours:[] spareWeekends:false spareHolidays:false}){id}}");
        JsonPath made = manager()
                .ask(
                        "mutation{r:registerDevice(input:{kind:ELECTRICITY_METER serialNo:\"E-101\"}){device{id} credential{username password}}}");
        id = UUID.fromString(made.getString("r.device.id"));
        String uid = made.getString("r.credential.username");
        String home = homes.home(company, "101");
        homes.hang(company, id, home);
        homes.moveIn(company, homes.person(company, "sun"), home, Instant.now().minus(Duration.ofDays(2)));
        KitServers kit = KitServers.shared();
        meter = SimulatedMeter.of(
                BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port")),
                new DeviceCard(
                        company.code(),
                        "emeter",
                        uid,
                        made.getString("r.credential.password"),
                        "SIM-" + uid,
                        LoadProfile.HOME),
                MeterSettings.usual().since(Duration.ofHours(9)));
        meter.connectNow();
        read(Duration.ofHours(8));
    }

    @AfterEach
    void gone() {
        meter.close();
    }

    @Test
    void cutOffTheResidentAsksTheLightIsBackAndTheNextTopUpRepaysIt() {
        SimulatedPayments channel = SimulatedPayments.fresh();
        channel.openFor(company.manager());
        open("50");
        assertEquals("NOT_NEEDED", myEmergencyCredit());
        sun().refused("EMERGENCY_CREDIT", TAKE, "d", id.toString());

        read(Duration.ofHours(4));
        await().atMost(SOON).until(() -> "AVAILABLE".equals(myEmergencyCredit()));
        accounts.judge(company, id);
        await().atMost(SOON).until(() -> !meter.hasSupply());

        // Ten impatient thumbs in the dark.
        List<CompletableFuture<String>> clicks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clicks.add(CompletableFuture.supplyAsync(
                    () -> sun().ask(TAKE, "d", id.toString()).getString("u.emergencyCredit")));
        }
        clicks.forEach(click -> assertEquals("TAKEN", click.join()));
        await().atMost(SOON).until(meter::hasSupply);
        assertNull(sun().ask("{myMeters{heldFor}}").getString("myMeters[0].heldFor"));
        assertEquals("1", events("EMERGENCY_STARTED"));
        assertEquals("1", events("RESTORED"));
        assertEquals(
                List.of(company.subject("sun")),
                manager()
                        .ask("{auditEntries(filter:{act:\"meter.takeEmergencyCredit\"}){nodes{actor}}}")
                        .getList("auditEntries.nodes.actor"));

        // It is used, and the light stays on.
        BigDecimal taken = new BigDecimal(accounts.credit(company, id));
        read(Duration.ofHours(1));
        await().atMost(SOON).until(() -> new BigDecimal(accounts.credit(company, id)).compareTo(taken) < 0);
        accounts.judge(company, id);
        assertTrue(meter.hasSupply());
        assertEquals("TAKEN", myEmergencyCredit());

        String order = sun().ask(
                        "mutation($d:ID!){t:topUpMyMeter(deviceId:$d amountFen:5000){orderId}}", "d", id.toString())
                .getString("t.orderId");
        sun().ask("mutation($o:ID!){payMyTopUp(orderId:$o method:QR){qrCode}}", "o", order);
        channel.pay(manager()
                .ask("query($i:ID!){o:paymentOrder(id:$i){attempts{number}}}", "i", order)
                .getString("o.attempts[0].number"));
        await().atMost(SOON).until(() -> "NOT_NEEDED".equals(myEmergencyCredit()));
        assertEquals("t", tables.one("SELECT emergency_at IS NULL FROM credit_watch WHERE point_id = ?", id), "repaid");

        // So it can be taken once more when all of that is used.
        accounts.use(company, id, "100");
        accounts.judge(company, id);
        assertEquals("TAKEN", sun().ask(TAKE, "d", id.toString()).getString("u.emergencyCredit"));
        assertEquals("2", events("EMERGENCY_STARTED"));
    }

    @Test
    void whatTheTermsDoNotAllowIsRefused() {
        open("0");
        accounts.adjust(company, id, "-1");
        accounts.judge(company, id);
        assertEquals("NONE", myEmergencyCredit());
        sun().refused("EMERGENCY_CREDIT", TAKE, "d", id.toString());
        await().atMost(SOON).until(() -> !meter.hasSupply());
        assertEquals("0", events("EMERGENCY_STARTED"));
    }

    @Test
    void theNeighbourTakesNothing() {
        open("50");
        accounts.adjust(company, id, "-1");
        homes.person(company, "qian");
        Graph.as(company.resident("qian")).refused("NOT_FOUND", TAKE, "d", id.toString());
        Graph.as(company.resident("nobody")).refused("RESIDENT_UNKNOWN", TAKE, "d", id.toString());
        manager().refused("FORBIDDEN", TAKE, "d", id.toString());
        assertEquals("-1", accounts.credit(company, id));
        assertEquals("0", events("EMERGENCY_STARTED"));
    }

    private void open(String emergency) {
        accounts.open(
                company,
                id,
                Commodity.ELECTRICITY,
                accounts.plan(company, Commodity.ELECTRICITY, "0.6"),
                Terms.usual().limits("0", emergency));
    }

    /** The meter measures as of so long ago, and the service knows. */
    private void read(Duration ago) {
        String before = readings();
        meter.reportAt(Instant.now().minus(ago));
        await().atMost(SOON).until(() -> !readings().equals(before));
    }

    private String readings() {
        return tables.one("SELECT count(*) FROM meter_reading WHERE device_id = ? AND register = 'TOTAL'", id);
    }

    private String myEmergencyCredit() {
        return sun().ask("{myMeters{emergencyCredit}}").getString("myMeters[0].emergencyCredit");
    }

    private String events(String kind) {
        return tables.one("SELECT count(*) FROM credit_event WHERE device_id = ? AND kind = ?", id, kind);
    }

    private Graph sun() {
        return Graph.as(company.resident("sun"));
    }

    private Graph manager() {
        return Graph.as(company.manager());
    }
}
