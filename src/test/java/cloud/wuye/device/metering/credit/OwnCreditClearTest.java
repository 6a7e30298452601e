package cloud.wuye.device.metering.credit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.Fault;
import cloud.wuye.kit.simulator.Faults;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.ledger.TestBooks;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clearing of credit that a simulated meter counts itself. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class OwnCreditClearTest {
    @Inject
    TestDevices tables;

    @Inject
    TestCredit credit;

    @Inject
    TestBooks books;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph manager;

    @BeforeEach
    void freshCompany() {
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void aMeterIsClearedByItsOwnWordAndWhatWasLeftIsOwed() throws Throwable {
        UUID meter = counting();
        try (SimulatedMeter device = connected(meter)) {
            manager.refused("CREDIT_UNKNOWN", TestCredit.CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k0");
            UUID order = credit.paid(company, meter, 5000);
            manager.refused("CREDIT_NOT_SETTLED", TestCredit.CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k0");
            credit.until(order, "CREDITED|WRITTEN");

            assertEquals(
                    "UNDER_WAY", credit.clear(company, meter, "PAY_BACK", "k1").getString("c.state"));
            manager.refused("CREDIT_NOT_SETTLED", close(), "d", meter.toString());
            untilCleared(meter, "DONE");

            assertTrue(device.credit().compareTo(new BigDecimal("0")) <= 0, device.credit() + "");
            assertEquals(2, device.purchase());
            JsonPath done = credit.clear(company, meter, "PAY_BACK", "k1");
            BigDecimal before = new BigDecimal(done.getString("c.before"));
            assertTrue(before.compareTo(new BigDecimal("62.4")) > 0, before + "");
            long owed = before.multiply(new BigDecimal("80"))
                    .setScale(0, RoundingMode.DOWN)
                    .longValueExact();
            assertEquals(owed, done.getLong("c.refundFen"), "at 0.80 a kWh");
            assertEquals(BigDecimal.valueOf(-owed, 2).toPlainString(), books.balance(company, "REFUND_PAYABLE", null));
            assertEquals("0.00", books.balance(company, "ENERGY_CREDIT", meter));
            assertEquals("0.000000", tables.one("SELECT credit FROM meter_balance WHERE point_id = ?", meter));

            UUID next = credit.paid(company, meter, 1000);
            credit.until(next, "CREDITED|WRITTEN");
            assertTrue(device.credit().compareTo(new BigDecimal("12.4")) > 0, "bought after it, not wiped out");
        }
    }

    @Test
    void aMeterThatIsAwayTooLongIsNotClearedAndNothingChanges() throws Throwable {
        UUID meter = counting();
        try (SimulatedMeter device = connected(meter)) {
            UUID order = credit.paid(company, meter, 5000);
            credit.until(order, "CREDITED|WRITTEN");
            device.loseNetwork();
            await().until(() -> !online(meter));
            credit.clear(company, meter, "PAY_BACK", "k1");
            manager.refused("ILLEGAL_STATE", TestCredit.CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k2");
            credit.tick();
            clock.shift(Duration.ofMinutes(16));
            credit.deadlines();
            untilCleared(meter, "FAILED");
            assertEquals("62.500000", tables.one("SELECT credit FROM meter_balance WHERE point_id = ?", meter));
            assertEquals("0.00", books.balance(company, "REFUND_PAYABLE", null));
            manager.refused("CREDIT_UNKNOWN", TestCredit.CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k2");
        }
    }

    /** What is paid back goes by a final word; what is written off costs nobody anything. */
    @Test
    void theWordThatMoneyIsPaidBackByIsAskedForFirst() {
        UUID meter = counting();
        credit.says(company, meter, clock.now().minus(Duration.ofMinutes(16)), "7");
        JsonPath refused =
                manager.refused("CREDIT_UNKNOWN", TestCredit.CLEAR, "d", meter.toString(), "r", "PAY_BACK", "k", "k1");
        assertEquals("deviceId", refused.getString("errors[0].extensions.field"));
        assertTrue(refused.getString("errors[0].message").contains("15"), refused.prettify());
        credit.says(company, meter, clock.now(), "7");
        assertEquals("UNDER_WAY", credit.clear(company, meter, "PAY_BACK", "k1").getString("c.state"));
        // It was busy with something else meanwhile: what was known when the person clicked is not what is left now.
        clock.shift(Duration.ofMinutes(16));
        untilCleared(meter, "FAILED");
        assertEquals("CREDIT_UNKNOWN", tables.one("SELECT why FROM meter_purchase WHERE device_id = ?", meter));
        assertEquals(
                "UNDER_WAY", credit.clear(company, meter, "WRITE_OFF", "k2").getString("c.state"), "a day will do");
    }

    /** The answer is lost, and before it is asked for again the meter reads what the clearing left of it: nothing. */
    @Test
    void whatTheMeterSaysAfterItWasClearedIsNotWhatWasLeft() throws Throwable {
        UUID meter = counting();
        try (SimulatedMeter device = connected(meter)) {
            credit.until(credit.paid(company, meter, 5000), "CREDITED|WRITTEN");
            device.behave(Faults.none().with(Fault.NOACK, 1));
            credit.clear(company, meter, "PAY_BACK", "k1");
            await().until(() -> {
                credit.tick();
                return device.purchase() == 2;
            });
            device.report();
            await().until(() -> "t"
                    .equals(tables.one("SELECT read_credit <= 0 FROM meter_credit_report WHERE device_id = ?", meter)));
            device.behave(Faults.none());
            clock.shift(Duration.ofSeconds(41));
            credit.deadlines();
            untilCleared(meter, "DONE");
            JsonPath done = credit.clear(company, meter, "PAY_BACK", "k1");
            assertTrue(
                    new BigDecimal(done.getString("c.before")).compareTo(new BigDecimal("62.4")) > 0, done.prettify());
            assertTrue(done.getLong("c.refundFen") > 4900, done.prettify());
        }
    }

    /** A meter that counts its own credit. */
    private UUID counting() {
        UUID meter = tables.device(
                company.id(),
                "emeter",
                "e" + Ids.next().toString().replace("-", "").substring(10),
                null);
        credit.account(company, meter, "METER", "QUANTITY");
        return meter;
    }

    private SimulatedMeter connected(UUID meter) {
        KitServers kit = KitServers.shared();
        String uid = tables.one("SELECT uid FROM device WHERE id = ?", meter);
        SimulatedMeter device = SimulatedMeter.of(
                BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port")),
                DeviceCard.home(company.code(), uid, "any"),
                MeterSettings.usual());
        device.connectNow();
        await().until(() -> online(meter));
        return device;
    }

    private void untilCleared(UUID meter, String state) {
        await().until(() -> {
            credit.tick();
            return state.equals(tables.one("SELECT state FROM meter_clear_record WHERE device_id = ?", meter));
        });
    }

    private boolean online(UUID device) {
        return "ONLINE".equals(tables.one("SELECT connectivity FROM device_state WHERE device_id = ?", device));
    }

    private static String close() {
        return "mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"gone\"){closedAt}}";
    }
}
