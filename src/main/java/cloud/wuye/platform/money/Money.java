package cloud.wuye.platform.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sum of money that can be handed over: whole fen of renminbi. Prices, and what accrues between two payments, are finer
 * and stay {@link BigDecimal} yuan until somebody pays; this is where they are rounded.
 *
 * @param fen hundredths of a yuan; negative for what flows the other way
 */
public record Money(long fen) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);

    /** The only currency; where one is named, by this ISO 4217 code. */
    public static final String CURRENCY = "CNY";

    private static final int DECIMALS = 2;

    public static Money ofFen(long fen) {
        return new Money(fen);
    }

    /**
     * Of yuan without a fraction of a fen.
     *
     * @throws ArithmeticException if there is one
     */
    public static Money ofYuan(BigDecimal yuan) {
        return new Money(yuan.movePointRight(DECIMALS).longValueExact());
    }

    /** Of yuan such as {@code "50.30"}. */
    public static Money ofYuan(String yuan) {
        return ofYuan(new BigDecimal(yuan));
    }

    /** Of yuan, rounded to the nearest fen, a half away from zero. */
    public static Money rounded(BigDecimal yuan) {
        return ofYuan(yuan.setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    /** In yuan, with two decimals. */
    public BigDecimal yuan() {
        return BigDecimal.valueOf(fen, DECIMALS);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(fen, other.fen));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(fen, other.fen));
    }

    public Money negated() {
        return new Money(Math.negateExact(fen));
    }

    /** This part of it, such as a fee of {@code 0.006}, to the nearest fen, a half away from zero. */
    public Money times(BigDecimal factor) {
        return rounded(yuan().multiply(factor));
    }

    public boolean isZero() {
        return fen == 0;
    }

    public boolean isPositive() {
        return fen > 0;
    }

    public boolean isNegative() {
        return fen < 0;
    }

    /**
     * Shares in proportion to the weights that add up to this sum exactly, each less than a fen from its exact share: the fen
     * left over go to the largest remainders, among equals to the first.
     *
     * @param weights not negative, not all zero
     */
    public List<Money> split(List<BigDecimal> weights) {
        BigDecimal total = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (total.signum() <= 0 || weights.stream().anyMatch(weight -> weight.signum() < 0)) {
            throw new IllegalArgumentException("weights must not be negative, nor all of them zero");
        }
        int scale = weights.stream().mapToInt(BigDecimal::scale).max().orElseThrow();
        BigInteger whole = unscaled(total, scale);
        BigInteger sum = BigInteger.valueOf(Math.absExact(fen));
        List<BigInteger> remainders = new ArrayList<>();
        long[] shares = new long[weights.size()];
        long left = sum.longValueExact();
        for (int i = 0; i < shares.length; i++) {
            BigInteger[] share = sum.multiply(unscaled(weights.get(i), scale)).divideAndRemainder(whole);
            shares[i] = share[0].longValueExact();
            remainders.add(share[1]);
            left -= shares[i];
        }
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparing(remainders::get).reversed())
                .limit(left)
                .forEach(i -> shares[i]++);
        return IntStream.range(0, shares.length)
                .mapToObj(i -> new Money(fen < 0 ? -shares[i] : shares[i]))
                .toList();
    }

    private static BigInteger unscaled(BigDecimal weight, int scale) {
        return weight.setScale(scale).unscaledValue();
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(fen, other.fen);
    }

    /** Yuan with two decimals, as people write it. */
    @Override
    public String toString() {
        return yuan().toPlainString();
    }
}
