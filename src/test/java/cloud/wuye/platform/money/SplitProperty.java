package cloud.wuye.platform.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class SplitProperty {
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
