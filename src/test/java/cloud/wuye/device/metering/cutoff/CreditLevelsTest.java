package cloud.wuye.device.metering.cutoff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CreditLevelsTest {
    private static final List<BigDecimal> LEVELS = List.of(new BigDecimal("20"), new BigDecimal("5"));

    private static List<String> told(String... credits) {
        List<String> told = new ArrayList<>();
        List<BigDecimal> known = List.of();
        for (String credit : credits) {
            CreditLevels levels = CreditLevels.of(new BigDecimal(credit), LEVELS, known);
            levels.crossed().forEach(level -> told.add(level.toPlainString() + "@" + credit));
            known = levels.told();
        }
        return told;
    }

    @Test
    void eachLevelIsToldOnceOnTheWayDown() {
        assertEquals(List.of("20@19", "5@4", "0@-1"), told("30", "20", "19", "18.5", "5", "4", "0", "-1", "-2"));
    }

    @Test
    void severalAtOnceAreAllCrossed() {
        assertEquals(List.of("20@-3", "5@-3", "0@-3"), told("30", "-3"));
    }

    @Test
    void creditThatTremblesIsToldOfOnce() {
        assertEquals(List.of("20@19"), told("21", "19", "20.5", "19", "22", "19.9"));
        assertEquals(List.of("20@19", "20@19.9"), told("21", "19", "22.01", "19.9"));
        assertEquals(List.of("20@-1", "5@-1", "0@-1"), told("-1", "0.5", "-0.5"));
        assertEquals(List.of("20@-1", "5@-1", "0@-1", "0@-0.5"), told("-1", "0.6", "-0.5"));
    }

    @Test
    void nextIsTheHighestLevelThatIsNotTold() {
        assertEquals(
                "[20, 5, 0, null]",
                Stream.of("30", "10", "1", "-1")
                        .map(credit -> CreditLevels.of(new BigDecimal(credit), LEVELS, List.of())
                                .next())
                        .map(next -> next == null ? "null" : next.toPlainString())
                        .toList()
                        .toString());
    }
}
