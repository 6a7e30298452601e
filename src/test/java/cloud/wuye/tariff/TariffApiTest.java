package cloud.wuye.tariff;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tariffs through the front door, at a set time. */
@QuarkusTest
class TariffApiTest {
    private static final String DRAFT =
            "mutation($p:ID!,$i:TariffVersionInput!){v:draftTariffVersion(planId:$p input:$i){id number status version}}";
    private static final String PUBLISH =
            "mutation($id:ID!,$n:Int!){v:publishTariffVersion(id:$id version:$n){id status validFrom validTo}}";
    private static final String VERSIONS =
            "query($p:ID!){p:tariffPlan(id:$p){unit versions{number status validFrom validTo}}}";
    private static final String RATE =
            "query($i:RateUsageInput!){r:rateUsage(input:$i){quantity amount fen usedInMonth lines{from to tier period quantity"
                    + " versionNumber energyPrice energyAmount serviceAmount usedBefore fen}}}";

    @Inject
    Clock clock;

    @Inject
    Db db;

    @Inject
    LayOutTariffs layOut;

    private TestTenant company;
    private Graph finance;
    private String plan;

    @BeforeEach
    void onePlan() {
        // 10 July 2026, 12:00 in Shanghai.
        clock.set(Instant.parse("2026-07-10T04:00:00Z"));
        company = TestTenants.fresh();
        finance = Graph.as(company.finance());
        plan = finance.ask(
                        "mutation($i:TariffPlanInput!){p:createTariffPlan(input:$i){id unit currency}}",
                        "i",
                        Map.of("name", "商铺电价", "commodity", "ELECTRICITY"))
                .getString("p.id");
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void aVersionIsDraftedPublishedAndCharges() {
        assertEquals("DRAFT", draft(flat("2026-07-01", "0.60")).getString("v.status"));
        publishNext(flat("2026-07-01", "0.55"));
        JsonPath rated = rate(usage("2026-07-09T16:00:00Z", "2026-07-10T04:00:00Z", "12.5"));
        assertEquals("6.875000", rated.getString("r.amount"));
        assertEquals(688, rated.getInt("r.fen"));
        assertEquals(2, rated.getInt("r.lines[0].versionNumber"), "the draft charges nothing");
        assertEquals("kW.h", finance.ask(VERSIONS, "p", plan).getString("p.unit"));
    }

    @Test
    void theNextVersionBeginsTomorrowAtTheEarliestAndEndsTheOneBefore() {
        publishNext(flat("2026-07-01", "0.55"));
        JsonPath today = draft(flat("2026-07-10", "0.65"));
        finance.refused("TARIFF_TOO_EARLY", PUBLISH, "id", today.getString("v.id"), "n", 0);
        publishNext(flat("2026-07-11", "0.65"));
        JsonPath plans = finance.ask(VERSIONS, "p", plan);
        assertEquals(List.of(3, 2, 1), plans.getList("p.versions.number"));
        assertEquals("2026-07-11", plans.getString("p.versions[2].validTo"));

        JsonPath rated = rate(usage("2026-07-10T10:00:00Z", "2026-07-10T22:00:00Z", "12"));
        assertEquals(List.of("6.0000", "6.0000"), rated.getList("r.lines.quantity"));
        assertEquals(List.of("3.300000", "3.900000"), rated.getList("r.lines.energyAmount"));
        assertEquals("2026-07-10T16:00:00Z", rated.getString("r.lines[1].from"));
    }

    @Test
    void aPublishedVersionIsNeverChangedButMayBeWithdrawnBeforeItBegins() {
        String first = publishNext(flat("2026-07-01", "0.55"));
        String second = publishNext(flat("2026-08-01", "0.65"));
        finance.refused(
                "ILLEGAL_STATE",
                "mutation($id:ID!,$i:TariffVersionInput!){v:changeTariffVersion(id:$id version:1 input:$i){id}}",
                "id",
                second,
                "i",
                flat("2026-08-01", "0.10"));
        finance.refused("ILLEGAL_STATE", PUBLISH, "id", second, "n", 1);
        String withdraw = "mutation($id:ID!){v:withdrawTariffVersion(id:$id reason:\"typo\"){status}}";
        finance.refused("ILLEGAL_STATE", withdraw, "id", first);
        assertEquals("WITHDRAWN", finance.ask(withdraw, "id", second).getString("v.status"));
        assertNull(finance.ask(VERSIONS, "p", plan).getString("p.versions[1].validTo"), "the first goes on");
        assertEquals(
                "0.55",
                price("2026-08-15T00:00:00Z")
                        .getString("a.prices[0].energyPrice")
                        .substring(0, 4));
        assertEquals(1, segmentsAt("2026-08-15T00:00:00Z", first));
    }

    @Test
    void anEndedPlanHasNoPriceUntilItBeginsAgain() {
        publishNext(flat("2026-07-01", "0.55"));
        String end = "mutation($p:ID!,$d:Date!){v:endTariffPlan(planId:$p on:$d reason:\"sold\"){validTo}}";
        finance.refused("TARIFF_TOO_EARLY", end, "p", plan, "d", "2026-07-10");
        assertEquals(
                "2026-07-20", finance.ask(end, "p", plan, "d", "2026-07-20").getString("v.validTo"));
        JsonPath last = price("2026-07-19T00:00:00Z");
        assertEquals("2026-07-19T16:00:00Z", last.getString("a.nextChangeAt"));
        assertNull(last.getString("a.nextPeriod"));
        assertNull(price("2026-07-20T00:00:00Z").get("a"));
        finance.refused(
                "TARIFF_NOT_IN_FORCE", RATE, "i", question(usage("2026-07-19T00:00:00Z", "2026-07-21T00:00:00Z", "1")));
        JsonPath overlapping = draft(flat("2026-07-19", "0.65"));
        finance.refused("TARIFF_TOO_EARLY", PUBLISH, "id", overlapping.getString("v.id"), "n", 0);
        publishNext(flat("2026-07-25", "0.65"));
        assertEquals("0.65", price("2026-07-26T00:00:00Z").getString("a.prices[0].energyPrice"));
    }

    @Test
    void timeOfUseAndTiersAreExplainedLineByLine() {
        publishNext(Map.of(
                "validFrom",
                "2026-01-01",
                "basis",
                "TIME_OF_USE",
                "seasons",
                List.of(season(hours("23:00", "07:00", "VALLEY"), hours("07:00", "23:00", "PEAK"))),
                "tiers",
                Map.of("reset", "MONTH", "upTo", List.of("180")),
                "servicePrice",
                "0.05",
                "rates",
                List.of(
                        Map.of("tier", 1, "period", "PEAK", "energyPrice", "0.60"),
                        Map.of("tier", 1, "period", "VALLEY", "energyPrice", "0.30"),
                        Map.of("tier", 2, "energyPrice", "0.90"))));
        Map<String, Object> question = question(usage("2026-07-09T14:00:00Z", "2026-07-09T16:00:00Z", "4"));
        question.put("usedInMonth", "177");
        JsonPath rated = finance.ask(RATE, "i", question);
        // 22:00–23:00 peak 2 kWh; 23:00–24:00 valley: 1 kWh up to 180, 1 kWh above
        assertEquals(List.of("PEAK", "VALLEY", "VALLEY"), rated.getList("r.lines.period"));
        assertEquals(List.of(1, 1, 2), rated.getList("r.lines.tier"));
        assertEquals(List.of("1.200000", "0.300000", "0.900000"), rated.getList("r.lines.energyAmount"));
        assertEquals(List.of("0.100000", "0.050000", "0.050000"), rated.getList("r.lines.serviceAmount"));
        assertEquals("2026-07-09T15:30:00Z", rated.getString("r.lines[2].from"));
        assertEquals("181.0000", rated.getString("r.usedInMonth"));
        assertEquals(260, rated.getInt("r.fen"));

        JsonPath now = price("2026-07-10T04:00:00Z");
        assertEquals("PEAK", now.getString("a.period"));
        assertEquals("2026-07-10T15:00:00Z", now.getString("a.nextChangeAt"));
        assertEquals("VALLEY", now.getString("a.nextPeriod"));
    }

    @Test
    void whatIsNotWholeIsRefusedWithTheHours() {
        Map<String, Object> gap = Map.of(
                "validFrom",
                "2026-07-01",
                "basis",
                "TIME_OF_USE",
                "seasons",
                List.of(season(hours("23:00", "07:00", "VALLEY"), hours("08:00", "23:00", "PEAK"))),
                "rates",
                List.of(Map.of("energyPrice", "1")));
        JsonPath refused = finance.refused("TARIFF_GAP", DRAFT, "p", plan, "i", gap);
        assertTrue(refused.getString("errors[0].message").contains("全年 WEEKDAY 07:00–08:00"), refused::prettify);
    }

    @Test
    void aPriceAboveTheGridsIsNotPublishedAndTheCheckIsShown() {
        Map<String, Object> dear = new HashMap<>(flat("2026-07-01", "0.70"));
        dear.put("cap", Map.of("mode", "REFUSE", "serviceCounts", true, "prices", List.of(Map.of("price", "0.6283"))));
        JsonPath draft = draft(dear);
        finance.refused("TARIFF_ABOVE_GRID", PUBLISH, "id", draft.getString("v.id"), "n", 0);
        JsonPath shown = finance.ask(
                "query($v:ID!){v:tariffVersion(id:$v){priceCheck{verdict excess gridPrice chargedEnergyPrice}}}",
                "v",
                draft.getString("v.id"));
        assertEquals("REFUSED", shown.getString("v.priceCheck[0].verdict"));
        assertEquals("0.0717", shown.getString("v.priceCheck[0].excess"));
    }

    @Test
    void holidaysAreCopiedWhenAVersionIsPublished() {
        String calendar = Graph.as(company.manager())
                .ask(
                        "mutation{c:createHolidayCalendar(input:{name:\"2026\" daysOff:[\"2026-10-01\"] workingDays:[]}){id}}")
                .getString("c.id");
        Map<String, Object> version = new HashMap<>(Map.of(
                "validFrom",
                "2026-07-01",
                "basis",
                "TIME_OF_USE",
                "holidayCalendarId",
                calendar,
                "seasons",
                List.of(Map.of(
                        "name",
                        "全年",
                        "from",
                        "01-01",
                        "to",
                        "12-31",
                        "days",
                        List.of(
                                Map.of(
                                        "kinds",
                                        List.of("WEEKDAY", "WEEKEND"),
                                        "hours",
                                        List.of(hours("00:00", "00:00", "PEAK"))),
                                Map.of(
                                        "kinds",
                                        List.of("HOLIDAY"),
                                        "hours",
                                        List.of(hours("00:00", "00:00", "VALLEY")))))),
                "rates",
                List.of(
                        Map.of("period", "PEAK", "energyPrice", "0.6"),
                        Map.of("period", "VALLEY", "energyPrice", "0.3"))));
        publishNext(version);
        assertEquals("VALLEY", price("2026-10-01T04:00:00Z").getString("a.period"));
        Graph.as(company.manager()).ask("mutation($c:ID!){deleteHolidayCalendar(id:$c){id}}", "c", calendar);
        assertEquals("VALLEY", price("2026-10-01T04:00:00Z").getString("a.period"), "what was published stays");
    }

    @Test
    void techniciansReadAndResidentsDoNot() {
        Graph technician = Graph.as(company.technician());
        assertEquals(plan, technician.ask("{p:tariffPlans{nodes{id}}}").getString("p.nodes[0].id"));
        technician.refused("FORBIDDEN", DRAFT, "p", plan, "i", flat("2026-07-01", "1"));
        Graph.as(company.resident()).refused("FORBIDDEN", "{p:tariffPlans{nodes{id}}}");
    }

    @Test
    void everyActIsInTheAuditLog() {
        publishNext(flat("2026-07-01", "0.55"));
        List<String> acts = Graph.as(company.manager())
                .ask("{a:auditEntries(first:50){nodes{act}}}")
                .getList("a.nodes.act");
        assertTrue(
                acts.containsAll(List.of("tariffPlan.create", "tariffVersion.draft", "tariffVersion.publish")),
                acts::toString);
    }

    @Test
    void theTickerKeepsPlansLaidOutAhead() throws Throwable {
        String version = publishNext(flat("2026-07-01", "0.55"));
        assertEquals(1, segmentsAt("2026-10-09T00:00:00Z", version));
        assertEquals(0, segmentsAt("2026-12-20T00:00:00Z", version));
        clock.shift(Duration.ZERO);
        clock.set(Instant.parse("2026-09-20T00:00:00Z"));
        subscribeAndAwait(() -> layOut.now());
        assertEquals(1, segmentsAt("2026-12-20T00:00:00Z", version));
        assertEquals(1, segmentsAt("2026-10-09T00:00:00Z", version));
        assertEquals(0, subscribeAndAwait(() -> layOut.now()), "nothing is due twice");
    }

    private int segmentsAt(String at, String version) {
        try {
            return subscribeAndAwait(() -> db.forTenantSql(company.id(), tx -> tx.preparedQuery(
                            "SELECT 1 FROM tariff_segment WHERE plan_id = $1 AND from_at <= $2 AND to_at > $2 AND version_id = $3")
                    .execute(Tuple.of(
                            UUID.fromString(plan),
                            Instant.parse(at).atOffset(java.time.ZoneOffset.UTC),
                            UUID.fromString(version)))
                    .map(rows -> rows.size())));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private JsonPath draft(Map<String, Object> version) {
        return finance.ask(DRAFT, "p", plan, "i", version);
    }

    private String publishNext(Map<String, Object> version) {
        JsonPath draft = draft(version);
        return finance.ask(PUBLISH, "id", draft.getString("v.id"), "n", draft.getInt("v.version"))
                .getString("v.id");
    }

    private JsonPath rate(Map<String, Object> usage) {
        return finance.ask(RATE, "i", question(usage));
    }

    private Map<String, Object> question(Map<String, Object> usage) {
        return new HashMap<>(Map.of("planId", plan, "usages", List.of(usage)));
    }

    private JsonPath price(String at) {
        return finance.ask(
                "query($p:ID!,$t:DateTime!){a:priceAt(planId:$p at:$t){period nextChangeAt nextPeriod prices{energyPrice}}}",
                "p",
                plan,
                "t",
                at);
    }

    private static Map<String, Object> usage(String from, String to, String quantity) {
        return Map.of("from", from, "to", to, "quantity", quantity);
    }

    private static Map<String, Object> flat(String from, String price) {
        return Map.of("validFrom", from, "basis", "FLAT", "rates", List.of(Map.of("energyPrice", price)));
    }

    private static Map<String, Object> season(Object... hours) {
        return Map.of(
                "name",
                "全年",
                "from",
                "01-01",
                "to",
                "12-31",
                "days",
                List.of(Map.of("kinds", List.of("WEEKDAY", "WEEKEND", "HOLIDAY"), "hours", List.of(hours))));
    }

    private static Map<String, Object> hours(String from, String to, String period) {
        return Map.of("from", from + ":00", "to", to + ":00", "period", period);
    }
}
