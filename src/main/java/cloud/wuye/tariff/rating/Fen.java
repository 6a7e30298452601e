package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Amounts with six decimals shown in fen so that they add up. */
public final class Fen {
    private static final int DECIMALS = 2;

    private Fen() {}

    /** The sum in fen, half up. */
    public static long total(List<BigDecimal> amounts) {
        return amounts.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .unscaledValue()
                .longValueExact();
    }

    /**
     * Each amount in fen, adding up to {@link #total}: all rounded down, then a fen to those with the largest remainders;
     * of equals the earlier.
     */
    public static List<Long> shares(List<BigDecimal> amounts) {
        List<Long> shares = new ArrayList<>();
        List<BigDecimal> remainders = new ArrayList<>();
        for (BigDecimal amount : amounts) {
            BigDecimal down = amount.setScale(DECIMALS, RoundingMode.FLOOR);
            shares.add(down.unscaledValue().longValueExact());
            remainders.add(amount.subtract(down));
        }
        long left = total(amounts) - shares.stream().mapToLong(Long::longValue).sum();
        IntStream.range(0, amounts.size())
                .boxed()
                .sorted(Comparator.comparing(remainders::get, Comparator.reverseOrder()))
                .limit(left)
                .forEach(i -> shares.set(i, shares.get(i) + 1));
        return shares;
    }
}
