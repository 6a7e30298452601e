package cloud.wuye.device.metering.cutoff;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.TestAccounts;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.LoadProfile;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.payment.order.PayingCompany;
import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A working day of a prepaid water meter: simulated, on the real broker, paid for through the simulated channel. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class PrepaidWaterStoryTest {
    private static final BigDecimal PRICE = new BigDecimal("3");

    @Inject
    TestDevices devices;

    @Inject
    TestAccounts accounts;

    @Inject
    JudgeCredit judge;

    @Inject
    TestOrders orders;

    @Inject
    Clock clock;

    private PayingCompany payer;
    private TestTenant company;
    private Graph finance;
    private SimulatedMeter meter;
    private UUID id;

    /** A Wednesday morning: there are 0.30 yuan, enough for a tenth of a cubic metre. */
    @BeforeEach
    void morning() {
        payer = PayingCompany.at(clock, "2026-11-25T06:00");
        company = payer.company;
        finance = payer.finance();
        String uid = "w" + Ids.next().toString().replace("-", "").substring(10);
        id = devices.device(company.id(), "wmeter", uid, null);
        KitServers kit = KitServers.shared();
        meter = SimulatedMeter.of(
                BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port")),
                new DeviceCard(company.code(), "wmeter", uid, "any", "SIM-" + uid, LoadProfile.WATER),
                MeterSettings.usual().at(clock::now));
        meter.connectNow();
        read();
        accounts.open(
                company, id, Commodity.WATER, accounts.plan(company, Commodity.WATER, PRICE.toString()), Terms.usual());
        accounts.adjust(company, id, "0.3");
        judged();
    }

    @AfterEach
    void rightTime() {
        meter.close();
        payer.end();
    }

    @Test
    void usedUpTheValveClosesPaidItOpens() {
        BigDecimal atFirst = meter.register();
        await().until(() -> "ON".equals(reported()));

        payer.at("2026-11-25T14:00");
        read();
        BigDecimal used = meter.register().subtract(atFirst);
        assertTrue(used.compareTo(new BigDecimal("0.1")) > 0, "more than was paid for: " + used);
        BigDecimal owed = new BigDecimal("0.3").subtract(used.multiply(PRICE));
        await().until(() -> creditIs(owed));
        judged();
        await().until(() -> "OFF".equals(reported()));
        assertFalse(meter.hasSupply(), "the valve is closed");

        BigDecimal whenClosed = meter.register();
        payer.at("2026-11-25T15:00");
        read();
        assertEquals(whenClosed, meter.register(), "nothing runs through it");

        payer.toppedUp(orders, id, 2000);
        await().until(() -> "ON".equals(reported()));
        assertTrue(meter.hasSupply(), "the valve is open");
        assertTrue(creditIs(owed.add(new BigDecimal("20"))));

        payer.at("2026-11-25T19:00");
        read();
        BigDecimal usedSince = meter.register().subtract(whenClosed);
        assertTrue(usedSince.signum() > 0, "water runs again");
        await().until(() -> creditIs(owed.add(new BigDecimal("20")).subtract(usedSince.multiply(PRICE))));
        assertEquals(
                List.of("valve.set|closed|SUCCEEDED", "valve.set|open|SUCCEEDED"),
                devices.rows(
                        "SELECT op, args->>'state', state FROM device_command WHERE device_id = ? AND op = 'valve.set'"
                                + " ORDER BY created_at",
                        id),
                "one round trip");
        assertEquals(
                List.of("HELD", "RESTORED"),
                finance.ask(
                                "query($d:ID!){e:creditEvents(filter:{deviceId:$d kinds:[HELD,RESTORED]} direction:ASC)"
                                        + "{nodes{kind}}}",
                                "d",
                                id.toString())
                        .getList("e.nodes.kind"));
    }

    /** The meter tells what it shows, and the service believes it. */
    private void read() {
        meter.report();
        await().until(() -> {
            String base =
                    devices.one("SELECT base_value FROM meter_state WHERE device_id = ? AND register = 'TOTAL'", id);
            return base != null && new BigDecimal(base).compareTo(meter.register()) == 0;
        });
    }

    private boolean creditIs(BigDecimal yuan) {
        return new BigDecimal(accounts.credit(company, id)).compareTo(yuan) == 0;
    }

    private void judged() {
        try {
            subscribeAndAwait(judge::now);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private String reported() {
        return devices.one("SELECT switch_reported FROM device_state WHERE device_id = ?", id);
    }
}
