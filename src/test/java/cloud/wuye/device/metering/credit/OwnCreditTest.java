package cloud.wuye.device.metering.credit;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.ledger.TestBooks;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days of meters that count their own credit: what they use, what the service knows, and what they say. */
@QuarkusTest
class OwnCreditTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String CHECKS =
            "query($d:ID!){c:meterOwnCreditChecks(filter:{deviceId:$d}){nodes{state bought used expected reported difference"
                    + " resolvedBy reason}}}";
    private static final String RESOLVE =
            "mutation($d:ID!){r:resolveMeterOwnCredit(deviceId:$d reason:\"a colleague's hand-held\"){state expected}}";
    private static final String CLOSE = "mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"gone\"){closedAt}}";

    @Inject
    TestDevices tables;

    @Inject
    TestCredit credit;

    @Inject
    PostpaidMeters meters;

    @Inject
    DrawOwnUsage draw;

    @Inject
    TestBooks books;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph finance;

    @BeforeEach
    void company() {
        company = TestTenants.fresh();
        finance = Graph.as(company.finance());
        at("2026-11-25T10:00");
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void whatIsUsedLowersCreditOnceADayAndAgreesWithTheMeter() throws Throwable {
        UUID meter = opened("100");
        bought(meter, "50");
        said("2026-11-25T23:00", meter, "112", "38");
        at("2026-11-26T10:00");
        subscribeAndAwait(
                () -> Uni.join().all(draw.now(), draw.now(), draw.now()).andFailFast());
        credit.draw();
        assertEquals("38.000000", balance(meter));
        assertEquals("-38.00", books.balance(company, "ENERGY_CREDIT", meter));
        assertEquals("-12.00", books.balance(company, "ENERGY_USED", null));
        assertEquals("AGREES|50.0000|12.0000|38.0000|38.0000|0.0000", check(meter));
        said("2026-11-26T09:30", meter, "113", "37");
        credit.draw();
        assertEquals("38.000000", balance(meter), "the day is not over");
        at("2026-11-27T10:00:01");
        credit.draw();
        assertEquals("37.000000", balance(meter));
    }

    @Test
    void lateAndCorrectedReadingsComeAsDifferencesAndWhatWasBeforeIsNobodys() throws Throwable {
        UUID meter = opened("100");
        bought(meter, "50");
        read("2026-11-25T20:00", meter, "110");
        at("2026-11-26T10:00");
        credit.draw();
        assertEquals("40.000000", balance(meter), "the 100 before it was opened are not the account's");
        // What comes late shows that it were 12: 110 after 112 is not believed any more.
        read("2026-11-25T19:00", meter, "112");
        at("2026-11-27T10:00:01");
        credit.draw();
        assertEquals("38.000000", balance(meter));
        assertEquals("-12.00", books.balance(company, "ENERGY_USED", null));
        at("2026-11-28T10:00:02");
        credit.draw();
        assertEquals(
                "2",
                tables.one(
                        "SELECT count(*) FROM journal_entry WHERE source_type = 'meter-own-usage' AND source_id LIKE ?",
                        meter + ":%"));
    }

    @Test
    void aDifferenceIsShownAndFollowsTheMetersWordWhenAPersonSaysWhy() throws Throwable {
        UUID meter = opened("100");
        bought(meter, "50");
        said("2026-11-25T23:00", meter, "112", "30.5");
        at("2026-11-26T10:00");
        credit.draw();
        assertEquals("DIFFERS|50.0000|12.0000|38.0000|30.5000|-7.5000", check(meter));
        assertEquals(
                List.of(meter.toString()),
                finance.ask(
                                "{c:meterOwnCreditChecks(filter:{states:[DIFFERS]} sort:DIFFERENCE direction:ASC){nodes{deviceId}}}")
                        .getList("c.nodes.deviceId"));
        Graph.as(company.technician()).refused("FORBIDDEN", RESOLVE, "d", meter.toString());
        // Usage goes on while somebody looks.
        read("2026-11-26T09:00", meter, "113");
        assertEquals("RESOLVED", finance.ask(RESOLVE, "d", meter.toString()).getString("r.state"));
        assertEquals("29.500000", balance(meter));
        assertEquals("-20.50", books.balance(company, "ENERGY_USED", null));
        finance.refused("ILLEGAL_STATE", RESOLVE, "d", meter.toString());
        assertEquals(
                "a colleague's hand-held",
                finance.ask(CHECKS, "d", meter.toString()).getString("c.nodes[0].reason"));
        assertEquals(
                "1",
                tables.one(
                        "SELECT count(*) FROM audit_entry WHERE act = 'meter.resolveOwnCredit' AND tenant_id = ?",
                        company.id()));
        said("2026-11-26T11:00", meter, "114", "28.5");
        at("2026-11-27T10:00:01");
        credit.draw();
        assertEquals("AGREES", check(meter).split("\\|")[0]);
    }

    @Test
    void whatIsWrittenAfterTheMetersWordIsNotHeldAgainstIt() throws Throwable {
        UUID meter = opened("100");
        bought(meter, "50");
        said("2026-11-25T11:00", meter, "101", "49");
        at("2026-11-25T11:30");
        bought(meter, "10");
        at("2026-11-26T10:00");
        credit.draw();
        assertEquals("UNKNOWN", check(meter).split("\\|")[0]);
        assertEquals("59.000000", balance(meter));
    }

    @Test
    void aReplacedMeterLeavesItsCreditBehindAndThatIsSeen() {
        UUID meter = opened("100");
        bought(meter, "50");
        read("2026-11-25T12:00", meter, "110");
        UUID other = meters.meter(company, Commodity.ELECTRICITY);
        at("2026-11-25T14:00");
        Graph.as(company.manager())
                .ask(
                        "mutation($d:ID!,$n:ID!){replaceMeter(deviceId:$d replacementId:$n removal:{register:\"111\"}"
                                + " fitting:{register:\"5\"}){id}}",
                        "d",
                        meter.toString(),
                        "n",
                        other.toString());
        said("2026-11-25T20:00", other, "8", "0");
        at("2026-11-26T10:00");
        credit.draw();
        assertEquals("36.000000", balance(meter), "11 by the one, 3 by the other");
        assertEquals(
                "DIFFERS|-36.0000",
                tables.one("SELECT state, difference FROM meter_own_credit WHERE device_id = ?", other));
    }

    @Test
    void anAccountIsClosedWhenItsMeterSaysThatNothingIsLeft() throws Throwable {
        UUID meter = opened("100");
        bought(meter, "12.05");
        read("2026-11-25T20:00", meter, "111");
        at("2026-11-25T21:00");
        Graph manager = Graph.as(company.manager());
        manager.refused("CREDIT_NOT_SETTLED", CLOSE, "d", meter.toString());
        assertEquals("12.050000", balance(meter), "refused, so nothing has changed");
        said("2026-11-25T22:00", meter, "112", "0.05");
        at("2026-11-25T22:10");
        manager.refused("CREDIT_NOT_SETTLED", CLOSE, "d", meter.toString());
        // The register shows whole steps only; the meter itself has counted on and has switched off.
        said("2026-11-25T22:30", meter, "112", "0");
        at("2026-11-25T23:00");
        manager.ask(CLOSE, "d", meter.toString());
        assertEquals("0.000000", balance(meter));
        assertEquals("0.00", books.balance(company, "ENERGY_CREDIT", meter));
        assertEquals("-12.05", books.balance(company, "ENERGY_USED", null));
        assertEquals("t", tables.one("SELECT look_at IS NULL FROM meter_own_credit WHERE point_id = ?", meter));
        assertEquals(
                "RESIDUE|-0.050000",
                tables.one(
                        "SELECT 'RESIDUE', amount FROM credit_move WHERE point_id = ? AND kind = 'ADJUSTED' AND amount < 0",
                        meter));
        // And begins anew.
        open(meter);
        said("2026-11-26T09:00", meter, "113", "0");
        at("2026-11-27T10:00");
        credit.draw();
        assertEquals("-1.000000", balance(meter));
        assertEquals("DIFFERS|0.0000|1.0000|-1.0000|0.0000|1.0000", check(meter));
    }

    /** An account of a meter that showed this an hour ago. */
    private UUID opened(String register) {
        UUID meter = meters.meter(company, Commodity.ELECTRICITY);
        read("2026-11-25T08:00", meter, "0");
        read("2026-11-25T09:00", meter, register);
        open(meter);
        return meter;
    }

    private void open(UUID meter) {
        String plan = Graph.as(company.manager())
                .ask(
                        "mutation($n:String!){p:createTariffPlan(input:{name:$n commodity:ELECTRICITY}){id}}",
                        "n",
                        "P" + System.nanoTime())
                .getString("p.id");
        finance.ask(
                "mutation($d:ID!,$t:MeterTermsInput!){openMeterAccount(deviceId:$d terms:$t){pointId}}",
                "d",
                meter.toString(),
                "t",
                Map.of("mode", "PREPAID", "authority", "METER", "unit", "QUANTITY", "planId", plan));
    }

    private void bought(UUID meter, String quantity) {
        credit.bought(company, meter, quantity);
    }

    private void said(String local, UUID meter, String register, String left) {
        read(local, meter, register);
        credit.says(company, meter, instant(local), left);
    }

    private void read(String local, UUID meter, String register) {
        meters.read(company, meter, instant(local), register);
    }

    private String check(UUID meter) {
        JsonPath found = finance.ask(CHECKS, "d", meter.toString());
        return String.join(
                "|",
                List.of("state", "bought", "used", "expected", "reported", "difference").stream()
                        .map(field -> String.valueOf(found.getString("c.nodes[0]." + field)))
                        .toList());
    }

    private String balance(UUID point) {
        return tables.one("SELECT credit FROM meter_balance WHERE point_id = ?", point);
    }

    private void at(String local) {
        clock.set(instant(local));
    }

    private static Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
