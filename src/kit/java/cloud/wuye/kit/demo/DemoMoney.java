package cloud.wuye.kit.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a company of the demo charges, who has which account, and what was paid before anything was used.
 *
 * @param tariffs its tariff plans
 * @param accounts the accounts of its meters
 * @param topUps what is bought, in this order
 * @param refundOf the meter of whose first top-up money is asked back, or null
 * @param bills what is billed once the meters have told of their use
 */
record DemoMoney(
        List<DemoTariff> tariffs,
        List<DemoAccount> accounts,
        List<DemoTopUp> topUps,
        String refundOf,
        List<DemoBill> bills) {
    static final String ELECTRICITY = "ELECTRICITY";
    static final String WATER = "WATER";

    /** Meters that the tutorial and the lists of credit lean on; nothing happens to them by chance. */
    static final Set<String> SHOWN =
            Set.of("HTE1101", "HTE1102", "HTE1103", "HTE1201", "HTE1202", "HTE1203", "HTE3001", "HTE3004");

    private static final String POLICY = "随时断电（演示）";

    /** How an order ends. */
    enum End {
        /** The resident pays it through WeChat Pay. */
        WECHAT,
        /** A clerk takes cash. */
        CASH,
        /** A clerk has seen a transfer. */
        TRANSFER,
        /** Nobody pays it, a clerk closes it. */
        CLOSED
    }

    /** A plan with one version, as the service's input has it but for its first day. */
    record DemoTariff(String name, String commodity, Map<String, Object> version) {}

    /**
     * An account.
     *
     * @param customer the name of the resident who is asked to pay, or null
     * @param policy the name of its cut-off policy, or null for the usual one
     * @param terms the rest of its terms, in the service's words
     */
    record DemoAccount(String serial, String tariff, String customer, String policy, Map<String, Object> terms) {
        boolean takesEmergencyCredit() {
            return terms.containsKey("emergencyLimit");
        }
    }

    /** A top-up for so many fen; who pays is a resident's user name, or null at the counter. */
    record DemoTopUp(String serial, long fen, String resident, End end) {}

    /** A bill of a meter that is paid like that, in whole, in part, or not at all ({@link End#CLOSED}). */
    record DemoBill(String serial, End end, boolean inPart) {
        boolean isPaid() {
            return end != End.CLOSED;
        }
    }

    /** The flat that is dark and the flats around it: money for kWh at one price, as most estates have it. */
    static DemoMoney haitang(List<DemoCompany.DemoMeter> meters) {
        String power = "海棠电价";
        String water = "海棠水价";
        Map<String, Object> inKwh = Map.of("mode", "PREPAID", "unit", "QUANTITY");
        List<DemoAccount> accounts = new ArrayList<>();
        List<DemoTopUp> topUps = new ArrayList<>();
        for (long fen : new long[] {100, 1, 1, 1, 1}) {
            topUps.add(new DemoTopUp("HTE1101", fen, "zhang.resident", End.WECHAT));
        }
        topUps.add(new DemoTopUp("HTE1101", 1, "zhang.resident", End.CLOSED));
        topUps.add(new DemoTopUp("HTE1101", 5000, "zhang.resident", End.CLOSED));
        topUps.add(new DemoTopUp("HTE1102", 5000, "liu.resident", End.WECHAT));
        topUps.add(new DemoTopUp("HTE1103", 500, "he.resident", End.WECHAT));
        accounts.add(new DemoAccount("HTE1101", power, "张伟", POLICY, inKwh));
        accounts.add(new DemoAccount("HTE1102", power, "刘洋", null, with(inKwh, "lowLevels", List.of("60", "20"))));
        accounts.add(new DemoAccount("HTE1103", power, "何静", POLICY, with(inKwh, "emergencyLimit", "200")));
        accounts.add(new DemoAccount("HTE1203", power, null, null, with(inKwh, "keepSupply", true)));
        Set<String> own = Set.of("HTE1101", "HTE1102", "HTE1103", "HTE1203");
        long[] amounts = {10_000, 15_000, 20_000};
        for (DemoCompany.DemoMeter meter : meters) {
            String serial = meter.serial();
            if (own.contains(serial)) {
                continue;
            }
            if (serial.startsWith("HTW")) {
                String customer = Map.of("HTW1101", "张伟", "HTW1102", "刘洋").get(serial);
                accounts.add(new DemoAccount(serial, water, customer, null, Map.of("mode", "PREPAID")));
                topUps.add(new DemoTopUp(serial, 5000, null, End.CASH));
            } else if (meter.profile().equals("home")) {
                boolean itself = serial.equals("HTE1201") || serial.equals("HTE1202");
                accounts.add(
                        new DemoAccount(serial, power, null, null, itself ? with(inKwh, "authority", "METER") : inKwh));
                topUps.add(new DemoTopUp(serial, amounts[topUps.size() % amounts.length], null, End.CASH));
            } else {
                accounts.add(new DemoAccount(serial, power, null, null, Map.of("mode", "POSTPAID")));
            }
        }
        return new DemoMoney(
                List.of(flat(power, ELECTRICITY, "0.62", "0.38"), flat(water, WATER, "3.45", "1.05")),
                accounts,
                topUps,
                "HTE1301",
                List.of(
                        new DemoBill("HTE3004", End.CLOSED, false),
                        new DemoBill("HTE3001", End.CASH, false),
                        new DemoBill("HTE3002", End.TRANSFER, false),
                        new DemoBill("HTE3003", End.CASH, true)));
    }

    /** Offices: prices by the hour, dearer the more is used, and credit in money. */
    static DemoMoney yunshan(List<DemoCompany.DemoMeter> meters) {
        String power = "云杉分时阶梯电价";
        String water = "云杉水价";
        List<DemoAccount> accounts = new ArrayList<>();
        List<DemoTopUp> topUps = new ArrayList<>();
        accounts.add(new DemoAccount("YSE0101", power, "吴芳", null, Map.of("mode", "PREPAID")));
        topUps.add(new DemoTopUp("YSE0101", 50_000, "wu.resident", End.WECHAT));
        for (DemoCompany.DemoMeter meter : meters) {
            if (meter.serial().equals("YSE0101")) {
                continue;
            }
            boolean office = meter.profile().equals("office");
            accounts.add(new DemoAccount(
                    meter.serial(),
                    meter.serial().startsWith("YSW") ? water : power,
                    null,
                    null,
                    Map.of("mode", office ? "PREPAID" : "POSTPAID")));
            if (office) {
                topUps.add(new DemoTopUp(meter.serial(), 100_000, null, End.TRANSFER));
            }
        }
        return new DemoMoney(
                List.of(byHourAndTier(power), flat(water, WATER, "4.10", "0.90")),
                accounts,
                topUps,
                null,
                List.of(new DemoBill("YSE0102", End.TRANSFER, false)));
    }

    /** A policy that cuts off at any hour, so that it can be seen at any hour; nobody's usual one. */
    static Map<String, Object> policy(String name) {
        return Map.of("name", name, "quietHours", List.of(), "spareWeekends", false, "spareHolidays", false);
    }

    /** The first day of all prices: some weeks ago, so that whatever the meters tell of has one. */
    static String pricesSince(LocalDate today) {
        return today.minusMonths(1).withDayOfMonth(1).toString();
    }

    private static DemoTariff flat(String name, String commodity, String energy, String service) {
        return new DemoTariff(
                name,
                commodity,
                Map.of("basis", "FLAT", "servicePrice", service, "rates", List.of(Map.of("energyPrice", energy))));
    }

    private static DemoTariff byHourAndTier(String name) {
        List<Map<String, Object>> rates = new ArrayList<>();
        String[] periods = {"PEAK", "FLAT", "VALLEY"};
        String[][] prices = {{"1.02", "0.68", "0.34"}, {"1.07", "0.73", "0.39"}, {"1.32", "0.98", "0.64"}};
        for (int tier = 1; tier <= prices.length; tier++) {
            for (int period = 0; period < periods.length; period++) {
                rates.add(Map.of("tier", tier, "period", periods[period], "energyPrice", prices[tier - 1][period]));
            }
        }
        List<Map<String, Object>> hours = List.of(
                hours("00:00", "08:00", "VALLEY"),
                hours("08:00", "11:00", "PEAK"),
                hours("11:00", "17:00", "FLAT"),
                hours("17:00", "22:00", "PEAK"),
                hours("22:00", "00:00", "FLAT"));
        Map<String, Object> day = Map.of("kinds", List.of("WEEKDAY", "WEEKEND", "HOLIDAY"), "hours", hours);
        return new DemoTariff(
                name,
                ELECTRICITY,
                Map.of(
                        "basis",
                        "TIME_OF_USE",
                        "servicePrice",
                        "0.10",
                        "tiers",
                        Map.of("reset", "MONTH", "upTo", List.of("500", "2000")),
                        "seasons",
                        List.of(Map.of("name", "全年", "from", "01-01", "to", "12-31", "days", List.of(day))),
                        "rates",
                        rates));
    }

    private static Map<String, Object> hours(String from, String to, String period) {
        return Map.of("from", from, "to", to, "period", period);
    }

    private static Map<String, Object> with(Map<String, Object> terms, String name, Object value) {
        Map<String, Object> more = new HashMap<>(terms);
        more.put(name, value);
        return Map.copyOf(more);
    }
}
