package cloud.wuye.device.command;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a meter that counts its own credit is told about it.
 *
 * @param order what was bought, in the order's number; with the purchase number it names the purchase
 * @param number the meter's next purchase number; its first may be any from 1
 * @param energy in kWh, not negative, two decimals at most, as meters show it
 */
public record CreditPurchase(String order, long number, BigDecimal energy) {
    /** What {@code energy} is counted in, as the contract writes it. */
    static final String UNIT = "kW.h";

    private static final Pattern ORDER = Pattern.compile("[0-9A-Za-z_-]{1,64}");
    private static final int DECIMALS = 2;
    private static final BigDecimal END = new BigDecimal("10000000000");

    /** Refuses with VALIDATION what no meter would take. */
    public CreditPurchase {
        if (!ORDER.matcher(order).matches()) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "order",
                    Detail.of("须为 1 至 64 个字母、数字、- 或 _", "must be 1 to 64 letters, digits, - or _"));
        }
        if (number < 1) {
            throw new Problem(ProblemCode.VALIDATION, "number", Detail.of("从 1 开始计数", "purchases count from 1"));
        }
        if (energy.signum() < 0
                || energy.compareTo(END) >= 0
                || energy.stripTrailingZeros().scale() > DECIMALS) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "energy",
                    Detail.of("不能为负，最多两位小数", "must not be negative, two decimals at most"));
        }
    }

    Map<String, Object> args() {
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("order", order);
        args.put("purchase", number);
        args.put("energy", energy.setScale(DECIMALS).toPlainString());
        args.put("unit", UNIT);
        return args;
    }
}
