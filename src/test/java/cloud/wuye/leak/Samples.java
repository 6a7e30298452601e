package cloud.wuye.leak;

import static java.util.Map.entry;

import cloud.wuye.testing.SimulatedPayments;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the generator cannot know by itself. */
final class Samples {
    /** Argument path → GraphQL literal, where the type's general sample would be refused for its form; $ID is the id tried. */
    static final Map<String, String> ALL = Map.ofEntries(
            // By what was done to a thing: the newest acts of all can be about younger things than those that are
            // tried.
            entry("auditEntries.filter", "{subjectId: $ID}"),
            entry("createSpace.input.kind", "\"COMMUNITY\""),
            // Refused for its form after the roles were looked at: there is no Keycloak here to make a realm in.
            entry("onboardTenant.input.name", "\"\""),
            entry("createPowerSchedule.input.times", "[{action: OFF, time: \"22:00\"}]"),
            entry("changePowerSchedule.input.times", "[{action: OFF, time: \"22:00\"}]"),
            entry("createReadingSchedule.input.times", "[{time: \"06:00\"}]"),
            entry("changeReadingSchedule.input.times", "[{time: \"06:00\"}]"),
            entry("createHolidayCalendar.input.workingDays", "[]"),
            entry("changeHolidayCalendar.input.workingDays", "[]"),
            entry("configureWeChatPay.input", SimulatedPayments.fresh().literal()),
            entry("Device.consumption.by", "MONTH"),
            entry("Device.consumption.to", "\"2027-01-01\""),
            entry("rateUsage.input.versionId", "null"),
            entry("ledgerStatement.kind", "CUSTOMER_CREDIT"),
            entry("setPaymentTerms.input", "{feeRate: \"0.006\", feePayer: PAYER, payWithin: \"PT30M\"}"),
            entry("takePayment.by", "CASH"),
            entry("assignSuspenseItem.subjectId", "null"),
            entry("setLeakPolicy.input", "{threshold: \"0.005\", nights: 3}"),
            entry("settleMeters.input", "{deviceIds: [$ID], clientKey: \"k\"}"),
            entry("payMeterBill.input", "{billId: $ID, clientKey: \"k\"}"),
            entry("payMyMeterBill.input", "{billId: $ID, method: QR, clientKey: \"k\"}"),
            entry("createCutOffPolicy.input.quietHours", "[{from: \"22:00\", to: \"06:00\"}]"),
            entry("changeCutOffPolicy.input.quietHours", "[{from: \"22:00\", to: \"06:00\"}]"),
            entry("quoteTopUp.amountFen", "100"),
            entry("quoteMyTopUp.amountFen", "100"),
            entry("topUpMyMeter.amountFen", "100"),
            entry("topUpMeter.amountFen", "100"),
            entry("servicePointConsumption.by", "MONTH"),
            entry("servicePointConsumption.to", "\"2027-01-01\""));

    /**
     * Queries that show even the owner nothing of the company's: who the caller is, what is the platform's own, and figures,
     * in which there is no id to be known by (LedgerApiTest looks at the neighbour's).
     */
    static final Set<String> SHOW_NOTHING = Set.of(
            "me",
            "jobs",
            "spaceKinds",
            "propertyCompanies",
            "propertyCompany",
            "trialBalance",
            "paymentTerms",
            "billingPeriods",
            "leakPolicy",
            "paymentRecordTotals",
            "quoteTopUp",
            "quoteRefund",
            "quoteMyTopUp");

    private Samples() {}

    /**
     * The filters with which the export of a list is tried: none, and for those that demand something each id as that.
     *
     * @param ids of the victim's
     */
    static List<Map<String, ?>> exportFilters(String list, Set<String> ids) {
        return switch (list) {
            // The test's own lines, which are nobody's.
            case "probes" -> List.of(Map.of("rows", 2));
            case "ledgerStatement" ->
                Stream.concat(
                                Stream.<Map<String, ?>>of(Map.of("kind", "CASH_DESK")),
                                ids.stream().map(id -> Map.of("kind", "CUSTOMER_CREDIT", "subjectId", id)))
                        .toList();
            case "ratedUsageLines" ->
                ids.stream().<Map<String, ?>>map(id -> Map.of("pointId", id)).toList();
            default -> List.of(Map.of());
        };
    }
}
