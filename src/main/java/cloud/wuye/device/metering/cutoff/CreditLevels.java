package cloud.wuye.device.metering.cutoff;

import java.math.BigDecimal;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which levels credit has fallen below. A level is told once; it can be told again after credit has stood a tenth above it, so that
 * a credit that trembles about a level is told of once.
 *
 * @param told all levels below which credit is known to be
 * @param crossed those that are new, falling; the last may be zero, which is the end of credit
 * @param next the highest level that is not told, or null
 */
record CreditLevels(List<BigDecimal> told, List<BigDecimal> crossed, BigDecimal next) {
    private static final BigDecimal MARGIN = new BigDecimal("0.1");

    static CreditLevels of(BigDecimal credit, List<BigDecimal> lowLevels, List<BigDecimal> toldBefore) {
        NavigableSet<BigDecimal> levels = new TreeSet<>(lowLevels).descendingSet();
        levels.add(BigDecimal.ZERO);
        BigDecimal lowest = levels.stream().filter(level -> level.signum() > 0).reduce(BigDecimal.ZERO, (a, b) -> b);
        List<BigDecimal> told = levels.stream()
                .filter(level -> credit.compareTo(level) < 0
                        || (has(toldBefore, level) && credit.compareTo(level.add(margin(level, lowest))) <= 0))
                .toList();
        return new CreditLevels(
                told,
                told.stream().filter(level -> !has(toldBefore, level)).toList(),
                levels.stream().filter(level -> !has(told, level)).findFirst().orElse(null));
    }

    private static BigDecimal margin(BigDecimal level, BigDecimal lowest) {
        return (level.signum() == 0 ? lowest : level).multiply(MARGIN);
    }

    private static boolean has(List<BigDecimal> levels, BigDecimal level) {
        return levels.stream().anyMatch(each -> each.compareTo(level) == 0);
    }
}
