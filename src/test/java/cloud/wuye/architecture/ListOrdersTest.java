package cloud.wuye.architecture;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.testing.Plans;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every order of every list is an index's: the first page of a list costs as little with a million rows as with ten.
 * PostgreSQL is asked for its plan with sorting forbidden; a plan that sorts all the same has no index to follow.
 */
@QuarkusTest
class ListOrdersTest {
    private static final String MINE = " where %s.tenant_id = '00000000-0000-7000-8000-000000000001'";

    /** What each list reads, as narrow as its unfiltered list is. */
    private static final Map<String, List<String>> LISTS = Map.ofEntries(
            Map.entry("AuditSort", List.of(of("audit_entry"), "audit_entry where by_operator")),
            Map.entry("MessageSort", List.of(of("message m") + " and m.staff = 'x'")),
            Map.entry("ResidentGroupSort", List.of(of("resident_group g"))),
            Map.entry("ResidentSort", List.of(of("resident r"))),
            Map.entry("SuspenseItemSort", List.of(of("suspense_item"))),
            Map.entry("CreditMoveSort", List.of(of("credit_move m"))),
            Map.entry("MeterAccountSort", List.of(of("meter_account a"))),
            Map.entry("RatedUsageLineSort", List.of(of("rated_line l") + " and l.point_id = l.tenant_id")),
            Map.entry("BillingRunSort", List.of(of("billing_run r"))),
            Map.entry("ConsumptionRecordSort", List.of(of("consumption_by_day c") + " and c.register = 'TOTAL'")),
            Map.entry("CommandSort", List.of(of("device_command c"))),
            Map.entry("DeadLetterSort", List.of(of("outbox_message") + " and state = 'DEAD'")),
            Map.entry("DifferenceSort", List.of(of("reconciliation_difference"))),
            Map.entry("ReconciliationRunSort", List.of(of("reconciliation_run"))),
            Map.entry("CreditEventSort", List.of(of("credit_event e"))),
            Map.entry("CutOffDecisionSort", List.of(of("cut_off_decision e"))),
            Map.entry("CutOffPolicySort", List.of(of("cut_off_policy p"))),
            Map.entry("DeviceSort", List.of(of("device d"))),
            Map.entry("HolidayCalendarSort", List.of(of("holiday_calendar"))),
            Map.entry(
                    "LedgerLineSort",
                    List.of(of("journal_line l") + " and l.account = 'BANK' and l.subject = l.tenant_id")),
            Map.entry("LeakSuspicionSort", List.of(of("leak_suspicion l"))),
            Map.entry("MeterBillSort", List.of(of("meter_bill b"))),
            Map.entry("MeterAnomalySort", List.of(of("meter_anomaly a"))),
            Map.entry(
                    "MeterReadingSort",
                    List.of(
                            of("meter_reading r"),
                            of("meter_reading r") + " and r.device_id = r.tenant_id and r.register = 'TOTAL'")),
            Map.entry("MeterClearRecordSort", List.of(of("meter_clear_record c"))),
            Map.entry("MeterPurchaseSort", List.of(of("meter_purchase p"))),
            Map.entry("OccupancySort", List.of(of("occupancy o"), of("occupancy o") + " and o.space_id = o.tenant_id")),
            Map.entry("OwnCreditSort", List.of(of("meter_own_credit o"))),
            Map.entry("PaymentRecordSort", List.of(of("meter_topup t"))),
            Map.entry("PaymentOrderSort", List.of(of("payment_order"))),
            Map.entry("RefundSort", List.of(of("payment_refund"))),
            Map.entry("RejectedMessageSort", List.of(of("rejected_message") + " and replayed_at is null")),
            Map.entry("SettlementRecordSort", List.of(of("settlement_record r"))),
            Map.entry("SpaceSort", List.of(of("space s"))),
            Map.entry("StaffSort", List.of(of("staff"))),
            Map.entry("SwitchEventSort", List.of(of("switch_event e"))),
            Map.entry("TariffPlanSort", List.of(of("tariff_plan"))),
            Map.entry("TenantSort", List.of("tenant")),
            Map.entry(
                    "TimetableSort",
                    List.of(of("timetable t") + " and t.purpose = 'POWER' and t.status <> 'DELETED'")));

    /** Lists whose order no index can serve, each with its reason. */
    private static final Map<String, String> WITHOUT_INDEX = Map.of(
            "LedgerAccountSort",
            "a balance is the sum of its stripes: the accounts of the page are summed whatever the order");

    /** Lists whose index knows their first key only, each with what ends the sorting of those that are equal in it. */
    private static final Map<String, String> SORTED_AMONG_EQUALS = Map.of(
            "MeterReadingSort",
            "of one instant a company has no more readings than meters, and each of them pays for a key");

    @Inject
    Db db;

    @Test
    void everyOrderFollowsAnIndexInBothDirections() throws Throwable {
        List<String> sorted = new ArrayList<>();
        for (Class<?> sort : sorts()) {
            for (Object constant : sort.getEnumConstants()) {
                String name = sort.getSimpleName() + "." + constant;
                for (String from : LISTS.getOrDefault(sort.getSimpleName(), List.of())) {
                    for (SortDirection direction : SortDirection.values()) {
                        String order = ListSort.order((ListSort) constant, null, direction)
                                .orderBy();
                        String plan = plan(from, order);
                        if (SORTED_AMONG_EQUALS.containsKey(sort.getSimpleName())) {
                            plan = plan.replace("Incremental Sort  (cost", "");
                        }
                        if (!WITHOUT_INDEX.containsKey(name) && plan.contains("Sort  (cost")) {
                            sorted.add(name + " " + direction + " of " + from);
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), sorted);
    }

    @Test
    void everyListIsLookedAt() {
        TreeSet<String> known = new TreeSet<>(LISTS.keySet());
        known.addAll(WITHOUT_INDEX.keySet());
        assertEquals(
                known, new TreeSet<>(sorts().stream().map(Class::getSimpleName).toList()));
    }

    private String plan(String from, String order) throws Throwable {
        return subscribeAndAwait(() -> db.acrossTenants("test", tx -> tx.query(
                        "SELECT set_config('enable_sort', 'off', true),"
                                + " set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)")
                .execute()
                .chain(() -> tx.query("EXPLAIN SELECT * FROM " + from + " ORDER BY " + order + " LIMIT 50")
                        .execute())
                .map(Plans::text)));
    }

    private static List<? extends Class<?>> sorts() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("cloud.wuye").stream()
                        .filter(type -> type.isAssignableTo(ListSort.class) && type.isEnum())
                        .map(JavaClass::reflect)
                        .toList();
    }

    private static String of(String table) {
        return table + MINE.formatted(table.substring(table.lastIndexOf(' ') + 1));
    }
}
