package cloud.wuye.fault;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.Fault;
import cloud.wuye.kit.simulator.Faults;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestIssuer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The service is killed while bills are made, meters settled, credit written into a meter, credit cleared in another, and a third
 * is to be cut off: whoever comes back does the rest, and nothing twice.
 */
class HalfDoneWorkIT {
    /** Accounts that are billed, 1 kWh at 0.60 yuan each: more in no time would not be believed. */
    private static final int BILLED = 60;

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final Map<String, Object> COUNTS_ITSELF =
            Map.of("mode", "PREPAID", "authority", "METER", "unit", "QUANTITY");
    private static final String BILLS = "SELECT count(*) FROM meter_bill WHERE tenant_id = ?";
    private static final String SETTLED = "SELECT count(*) FROM settlement_record WHERE tenant_id = ?";

    static {
        new TestIssuer().start();
    }

    private final List<SimulatedMeter> lines = new ArrayList<>();
    private final Treasury treasury = new Treasury();

    @BeforeEach
    void usedAndNotBilled() throws IOException {
        treasury.build(BILLED + 3);
        treasury.manager()
                .ask("mutation{setBillingPeriod(input:{commodity:ELECTRICITY cutDay:1 dueDays:10}){nextCutAt}}");
        treasury.manager()
                .ask("mutation{createCutOffPolicy(input:{name:\"always\" usual:true quietHours:[] spareWeekends:false"
                        + " spareHolidays:false}){id}}");
        billed().forEach(meter -> {
            treasury.read(meter, "100");
            treasury.open(meter, Map.of("mode", "POSTPAID"));
            treasury.read(meter, "101");
        });
    }

    @AfterEach
    void end() {
        lines.forEach(SimulatedMeter::close);
        treasury.close();
    }

    @Test
    void whatWasHalfDoneIsDoneOnce() {
        SimulatedMeter silent = counting(BILLED);
        SimulatedMeter away = counting(BILLED + 1);
        aClearingThatTheMeterHasNotHeardOf(away);
        SimulatedMeter used = aCutOffThatTheMeterHasNotHeardOf();
        String written = aPurchaseThatTheMeterHasAndDoesNotTellOf(silent);
        treasury.manager().ask("mutation{runBilling(input:{commodity:ELECTRICITY clientKey:\"october\"}){id}}");
        killedAmid(BILLS);
        assertEquals("UNDER_WAY", clearing().getString("c.nodes[0].state"));
        assertEquals("CREDITING", state(written));
        assertTrue(used.hasSupply());

        silent.behave(Faults.none());
        away.connectNow();
        used.connectNow();
        billsAreMade();
        treasury.manager()
                .ask(
                        "mutation($d:[ID!]!){settleMeters(input:{clientKey:\"year\" deviceIds:$d}){id}}",
                        "d",
                        billed().stream().map(UUID::toString).toList());
        killedAmid(SETTLED);

        settlementsAreMade();
        theClearingIsDone(away);
        thePurchaseIsThereOnce(written, silent);
        theCutOffIsDoneAndUndone(used);
        assertEquals(List.of(), treasury.proven());
    }

    /** Kills it as soon as some of this is done and not all. */
    private void killedAmid(String work) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(2)).until(() -> treasury.count(work) > 0);
        treasury.kill();
        int done = treasury.count(work);
        assertTrue(done < BILLED, "killed too late to prove anything: " + done);
        treasury.start();
    }

    private void billsAreMade() {
        await().atMost(LONG).untilAsserted(() -> assertEquals(BILLED, treasury.count(BILLS)));
        await().untilAsserted(() -> assertEquals(
                1, treasury.count("SELECT count(*) FROM billing_run WHERE done_at IS NOT NULL AND tenant_id = ?")));
        assertEquals(
                BILLED + " 60 60",
                treasury.one("SELECT count(DISTINCT point_id) || ' ' || min(payable_fen) || ' ' || max(payable_fen)"
                        + " FROM meter_bill WHERE tenant_id = ?"));
        assertEquals("36.00", treasury.booked("RECEIVABLE"));
        assertEquals(
                List.of("0.000000"),
                treasury.column("SELECT DISTINCT b.credit FROM meter_balance b JOIN meter_account a"
                        + " ON a.tenant_id = b.tenant_id AND a.point_id = b.point_id"
                        + " WHERE a.mode = 'POSTPAID' AND a.tenant_id = ?"));
    }

    private void settlementsAreMade() {
        await().atMost(LONG)
                .untilAsserted(() -> assertEquals(
                        1,
                        treasury.count(
                                "SELECT count(*) FROM settlement_run WHERE done_at IS NOT NULL AND tenant_id = ?")));
        assertEquals(
                BILLED + " " + BILLED + " 1.0000",
                treasury.one("SELECT count(*) || ' ' || count(DISTINCT point_id) || ' ' || max(quantity)"
                        + " FROM settlement_record WHERE tenant_id = ?"));
    }

    private String aPurchaseThatTheMeterHasAndDoesNotTellOf(SimulatedMeter meter) {
        meter.behave(Faults.none().with(Fault.NOACK, 1));
        String order = boughtAtTheCounter(BILLED, 600);
        await().atMost(LONG).until(() -> meter.purchase() == 1);
        return order;
    }

    private void thePurchaseIsThereOnce(String order, SimulatedMeter meter) {
        await().atMost(LONG).until(() -> state(order).equals("CREDITED"));
        assertEquals(1, meter.purchase());
        assertEquals(0, meter.credit().compareTo(BigDecimal.TEN), () -> "10 kWh once: " + meter.credit());
        assertEquals(
                "10.0000",
                treasury.one("SELECT sum(quantity)::numeric(14,4) FROM meter_purchase WHERE state = 'WRITTEN'"
                        + " AND kind = 'TOP_UP' AND point_id = '" + treasury.meters.get(BILLED)
                        + "' AND tenant_id = ?"));
    }

    private void aClearingThatTheMeterHasNotHeardOf(SimulatedMeter meter) {
        String order = boughtAtTheCounter(BILLED + 1, 600);
        await().atMost(LONG).until(() -> state(order).equals("CREDITED"));
        meter.disconnect("works");
        treasury.manager()
                .ask(
                        "mutation($d:ID!){c:clearMeter(deviceId:$d reason:\"moved out\" remainder:PAY_BACK clientKey:\"k\"){id}}",
                        "d",
                        treasury.meters.get(BILLED + 1).toString());
    }

    private void theClearingIsDone(SimulatedMeter meter) {
        await().atMost(LONG)
                .until(() -> clearing().getString("c.nodes[0].state").equals("DONE"));
        assertEquals(600, clearing().getInt("c.nodes[0].refundFen"));
        assertEquals(0, meter.credit().signum());
        assertEquals("-6.00", treasury.booked("REFUND_PAYABLE"));
        assertEquals(
                "2",
                treasury.one("SELECT count(*) FROM meter_purchase WHERE state = 'WRITTEN' AND point_id = '"
                        + treasury.meters.get(BILLED + 1) + "' AND tenant_id = ?"));
    }

    /** More is used than was paid for; the meter was gone by then. */
    private SimulatedMeter aCutOffThatTheMeterHasNotHeardOf() {
        UUID id = treasury.meters.get(BILLED + 2);
        SimulatedMeter meter = connected(BILLED + 2);
        meter.report();
        await().atMost(LONG)
                .until(() ->
                        treasury.count("SELECT count(*) FROM meter_state WHERE register = 'TOTAL' AND device_id = '"
                                        + id + "' AND tenant_id = ?")
                                == 1);
        treasury.open(id, Map.of("mode", "PREPAID"));
        meter.disconnect("works");
        treasury.read(id, meter.register().add(BigDecimal.ONE).toPlainString());
        await().atMost(LONG).until(() -> holds(id) == 1);
        return meter;
    }

    /** Off as soon as it is back, and on again when it is paid. */
    private void theCutOffIsDoneAndUndone(SimulatedMeter meter) {
        await().atMost(LONG).until(() -> !meter.hasSupply());
        assertEquals(1, holds(treasury.meters.get(BILLED + 2)), "decided once");
        boughtAtTheCounter(BILLED + 2, 1000);
        await().atMost(LONG).until(meter::hasSupply);
        assertFalse(meter.heardCommands().isEmpty());
    }

    private int holds(UUID meter) {
        return treasury.count("SELECT count(*) FROM supply_hold WHERE reason = 'ARREARS' AND device_id = '" + meter
                + "' AND tenant_id = ?");
    }

    private SimulatedMeter counting(int which) {
        treasury.open(treasury.meters.get(which), COUNTS_ITSELF);
        return connected(which);
    }

    private SimulatedMeter connected(int which) {
        KitServers kit = KitServers.shared();
        SimulatedMeter meter = SimulatedMeter.of(
                BrokerAddress.parse(kit.fact("mqtt.host") + ":" + kit.fact("mqtt.port")),
                DeviceCard.home(treasury.company.code(), treasury.estate.uids.get(which), "any"),
                MeterSettings.usual());
        lines.add(meter);
        meter.connectNow();
        await().atMost(LONG)
                .until(() -> treasury.count(
                                "SELECT count(*) FROM device_state WHERE connectivity = 'ONLINE' AND device_id = '"
                                        + treasury.meters.get(which) + "' AND tenant_id = ?")
                        == 1);
        return meter;
    }

    private String boughtAtTheCounter(int which, long fen) {
        String order = treasury.finance()
                .ask(
                        "mutation($d:ID!,$f:Long!){t:topUpMeter(deviceId:$d amountFen:$f){orderId}}",
                        "d",
                        treasury.meters.get(which).toString(),
                        "f",
                        fen)
                .getString("t.orderId");
        treasury.finance()
                .ask(
                        "mutation($i:ID!,$r:String!){takePayment(orderId:$i by:CASH receiptNo:$r){id}}",
                        "i",
                        order,
                        "r",
                        "R-" + order);
        return order;
    }

    private String state(String order) {
        return treasury.one("SELECT state FROM payment_order WHERE id = '" + order + "' AND tenant_id = ?");
    }

    private JsonPath clearing() {
        return treasury.manager().ask("{c:meterClearRecords(first:5){nodes{state refundFen}}}");
    }

    private List<UUID> billed() {
        return treasury.meters.subList(0, BILLED);
    }
}
