package cloud.wuye.platform.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
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
}
