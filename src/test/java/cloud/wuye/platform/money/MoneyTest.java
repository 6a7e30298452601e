package cloud.wuye.platform.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void aHalfIsRoundedAwayFromZero() {
        assertEquals(Money.ofYuan("0.01"), Money.rounded(new BigDecimal("0.005")));
        assertEquals(Money.ofYuan("-0.01"), Money.rounded(new BigDecimal("-0.005")));
        assertEquals(Money.ZERO, Money.rounded(new BigDecimal("0.0049")));
        assertEquals(Money.ofYuan("0.30"), Money.ofYuan("50").times(new BigDecimal("0.006")));
        assertEquals(Money.ZERO, Money.ofYuan("0.01").times(new BigDecimal("0.006")));
    }

    @Test
    void aFractionOfAFenIsNoMoney() {
        assertThrows(ArithmeticException.class, () -> Money.ofYuan("0.001"));
    }

    @Test
    void fenLeftOverGoToTheLargestRemainders() {
        assertEquals(
                List.of(Money.ofFen(34), Money.ofFen(33), Money.ofFen(33)),
                Money.ofFen(100).split(List.of(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE)));
        assertEquals(
                List.of(Money.ofFen(16), Money.ofFen(84)),
                Money.ofFen(100).split(List.of(new BigDecimal("0.159"), new BigDecimal("0.841"))));
        assertThrows(IllegalArgumentException.class, () -> Money.ofFen(1).split(List.of(BigDecimal.ZERO)));
    }

    @Property
    void sharesAddUpAndAreLessThanAFenFromExact(
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long fen,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 1_000_000) Integer> parts) {
        List<BigDecimal> weights =
                parts.stream().map(part -> BigDecimal.valueOf(part + 1L, 3)).toList();
        BigDecimal total = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Money> shares = Money.ofFen(fen).split(weights);
        assertEquals(fen, shares.stream().mapToLong(Money::fen).sum());
        for (int i = 0; i < shares.size(); i++) {
            BigDecimal exact = BigDecimal.valueOf(fen).multiply(weights.get(i)).divide(total, MathContext.DECIMAL128);
            assertTrue(exact.subtract(BigDecimal.valueOf(shares.get(i).fen()))
                            .abs()
                            .compareTo(BigDecimal.ONE)
                    < 0);
        }
    }
}
