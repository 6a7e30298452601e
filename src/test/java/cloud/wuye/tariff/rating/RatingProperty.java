package cloud.wuye.tariff.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is true of rating whatever the tariff and the usage. */
class RatingProperty {
    private static final BigDecimal QUANTUM = new BigDecimal("0.0001");
    private static final BigDecimal HALF_AN_AMOUNT = new BigDecimal("0.0000005");
    /** Energy and service at their highest in {@link Guessed}. */
    private static final BigDecimal DEAREST = new BigDecimal("4");

    /** Minute by minute, exactly; the engine may be off by what it rounds: a quantum per edge, half a millionth per amount. */
    @Property(tries = 3000)
    void costsWhatTheMinutesCost(@ForAll long seed) {
        Guessed guessed = new Guessed(seed);
        Tariff tariff = guessed.tariff();
        List<Usage> usages = guessed.usages(guessed.start(tariff), 4);
        Used used = guessed.used();

        Rating rating = RateUsage.rate(tariff, usages, used);

        BigDecimal naive = new NaiveTariff(tariff, used).use(usages).amount;
        BigDecimal off = rating.amount().subtract(naive).abs();
        assertTrue(off.compareTo(roundings(rating)) <= 0, () -> rating.amount() + " is not " + naive);
    }

    @Property(tries = 3000)
    void quantitiesAddUpAndTiersFillInOrder(@ForAll long seed) {
        Guessed guessed = new Guessed(seed);
        Tariff tariff = guessed.tariff();
        List<Usage> usages = guessed.usages(guessed.start(tariff), 6);
        Used used = guessed.used();
        Rating rating = RateUsage.rate(tariff, usages, used);
        assertEquals(
                0,
                usages.stream()
                        .map(Usage::quantity)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .compareTo(rating.quantity()));
        for (RatedLine line : rating.lines()) {
            assertTrue(line.quantity().signum() > 0);
            PriceCell cell = cell(tariff, line);
            assertTrue(line.usedBefore().compareTo(cell.tierFrom()) >= 0, line::toString);
            BigDecimal after = line.usedBefore().add(line.quantity());
            boolean counted = version(tariff, line).terms().tiers() != null;
            assertTrue(!counted || cell.tierTo() == null || after.compareTo(cell.tierTo()) <= 0, line::toString);
            assertTrue(!line.to().isBefore(line.from()), line::toString);
        }
    }

    /** The same sum but for the roundings at the edges of the pieces; and pieces rated one by one are the pieces rated together. */
    @Property(tries = 3000)
    void cuttingAnIntervalInTwoChangesNothing(@ForAll long seed) {
        Guessed guessed = new Guessed(seed);
        Tariff tariff = guessed.tariff();
        Instant start = guessed.start(tariff);
        Usage whole = Usage.total(start, start.plus(guessed.minutes() + 1, ChronoUnit.MINUTES), guessed.quantity());
        Used used = guessed.used();
        Rating once = RateUsage.rate(tariff, List.of(whole), used);
        Random random = new Random(seed);

        long minutes = ChronoUnit.MINUTES.between(whole.from(), whole.to());
        Instant cut = whole.from().plus(1 + (long) random.nextInt((int) Math.max(1, minutes - 1)), ChronoUnit.MINUTES);
        if (cut.isBefore(whole.to())) {
            BigDecimal before = usedBy(whole, cut);
            List<Usage> pieces = List.of(
                    Usage.total(whole.from(), cut, before),
                    Usage.total(cut, whole.to(), whole.quantity().subtract(before)));
            Rating twice = RateUsage.rate(tariff, pieces, used);
            assertEquals(0, once.quantity().compareTo(twice.quantity()));
            BigDecimal off = once.amount().subtract(twice.amount()).abs();
            assertTrue(off.compareTo(roundings(once).add(roundings(twice))) <= 0, () -> once + "\n" + twice);

            // One by one, with the count carried over, is the same to the last digit.
            Rating first = RateUsage.rate(tariff, pieces.subList(0, 1), used);
            Rating second = RateUsage.rate(tariff, pieces.subList(1, 2), turned(tariff, first.after(), cut));
            List<RatedLine> lines = new ArrayList<>(first.lines());
            lines.addAll(second.lines());
            assertEquals(twice.lines(), lines);
        }
    }

    @Property(tries = 2000)
    void theOrderOfTheListDoesNotMatter(@ForAll long seed) {
        Guessed guessed = new Guessed(seed);
        Tariff tariff = guessed.tariff();
        List<Usage> usages = guessed.usages(guessed.start(tariff), 6);
        Used used = guessed.used();
        List<Usage> shuffled = new ArrayList<>(usages);
        Collections.shuffle(shuffled, new Random(seed));
        assertEquals(RateUsage.rate(tariff, usages, used), RateUsage.rate(tariff, shuffled, used));
    }

    /** Where tiers rise. Where they fall it is not so: more by night can move the evening into a cheaper tier. */
    @Property(tries = 3000)
    void moreNeverCostsLessButForTheRounding(@ForAll long seed) {
        Guessed guessed = new Guessed(seed).rising();
        Tariff tariff = guessed.tariff();
        Instant start = guessed.start(tariff);
        Instant end = start.plus(guessed.minutes(), ChronoUnit.MINUTES);
        BigDecimal little = guessed.quantity();
        BigDecimal more = little.add(guessed.quantity());
        Used used = guessed.used();
        Rating less = RateUsage.rate(tariff, List.of(Usage.total(start, end, little)), used);
        Rating dearer = RateUsage.rate(tariff, List.of(Usage.total(start, end, more)), used);
        boolean onePart = tariff.segments(start, end).size() == 1;
        // Each part may lose a quantum to another; within one part nothing is rounded but the amounts.
        BigDecimal slack = onePart
                ? HALF_AN_AMOUNT.multiply(
                        BigDecimal.valueOf(4L * (1 + dearer.lines().size())))
                : roundings(less).add(roundings(dearer));
        assertTrue(less.amount().compareTo(dearer.amount().add(slack)) <= 0, () -> less + "\n" + dearer);
    }

    /** Charged wrongly and put right costs what charging rightly would have. */
    @Property(tries = 2000)
    void aCorrectionEndsWhereTheTruthWouldHave(@ForAll long seed) {
        Guessed guessed = new Guessed(seed);
        Tariff tariff = guessed.tariff();
        List<Usage> wrong = guessed.usages(guessed.start(tariff), 4);
        List<Usage> right = wrong.stream()
                .map(usage -> Usage.total(usage.from(), usage.to(), guessed.quantity()))
                .toList();
        Used used = guessed.used();
        Rating charged = RateUsage.rate(tariff, wrong, used);
        Rating truth = RateUsage.rate(tariff, right, used);
        Rating corrected = RateUsage.again(tariff, charged.lines(), right, used);
        assertEquals(truth.after(), corrected.after());
        assertEquals(0, truth.amount().compareTo(charged.amount().add(corrected.amount())));
        assertEquals(0, truth.quantity().compareTo(charged.quantity().add(corrected.quantity())));
    }

    /** Taking an interval back leaves nothing. */
    @Property(tries = 2000)
    void whatIsTakenBackLeavesNothing(@ForAll long seed) {
        Guessed guessed = new Guessed(seed);
        Tariff tariff = guessed.tariff();
        Instant start = guessed.start(tariff);
        Instant end = start.plus(guessed.minutes(), ChronoUnit.MINUTES);
        List<Segment> segments = tariff.segments(start, end);
        boolean oneMonth =
                segments.get(0).month().equals(segments.get(segments.size() - 1).month());
        if (oneMonth) {
            BigDecimal quantity = guessed.quantity();
            Used used = guessed.used();
            Rating there = RateUsage.rate(tariff, List.of(Usage.total(start, end, quantity)), used);
            Rating back = RateUsage.rate(tariff, List.of(Usage.total(start, end, quantity.negate())), there.after());
            assertEquals(0, there.amount().add(back.amount()).signum());
            assertEquals(0, used.month().compareTo(back.after().month()));
            assertEquals(0, used.year().compareTo(back.after().year()));
        }
    }

    @Property(tries = 3000)
    void sharesAddUpToTheFen(@ForAll List<Integer> millionths) {
        List<BigDecimal> amounts =
                millionths.stream().map(value -> BigDecimal.valueOf(value, 6)).toList();
        List<Long> shares = Fen.shares(amounts);
        assertEquals(
                Fen.total(amounts), shares.stream().mapToLong(Long::longValue).sum());
        for (int i = 0; i < shares.size(); i++) {
            BigDecimal off = BigDecimal.valueOf(shares.get(i), 2)
                    .subtract(amounts.get(i))
                    .abs();
            assertTrue(off.compareTo(new BigDecimal("0.01")) < 0, amounts::toString);
        }
    }

    private static BigDecimal roundings(Rating rating) {
        BigDecimal lines = BigDecimal.valueOf(1L + rating.lines().size());
        return QUANTUM.multiply(DEAREST)
                .multiply(lines)
                .add(HALF_AN_AMOUNT.multiply(lines).multiply(BigDecimal.TEN));
    }

    private static BigDecimal usedBy(Usage whole, Instant at) {
        BigDecimal length = BigDecimal.valueOf(ChronoUnit.MICROS.between(whole.from(), whole.to()));
        return whole.quantity()
                .multiply(BigDecimal.valueOf(ChronoUnit.MICROS.between(whole.from(), at)))
                .divide(length, 4, java.math.RoundingMode.HALF_UP);
    }

    private static Used turned(Tariff tariff, Used used, Instant at) {
        Segment before = tariff.segments(at.minusSeconds(60), at).get(0);
        Segment after = tariff.segments(at, at.plusSeconds(60)).get(0);
        return new Used(
                before.month().equals(after.month()) ? used.month() : BigDecimal.ZERO,
                before.year().equals(after.year()) ? used.year() : BigDecimal.ZERO);
    }

    private static TariffVersionTerms version(Tariff tariff, RatedLine line) {
        return tariff.versions().get(line.versionNumber() - 1);
    }

    private static PriceCell cell(Tariff tariff, RatedLine line) {
        return version(tariff, line).terms().prices().stream()
                .filter(cell -> cell.tier() == line.tier() && cell.period() == line.period())
                .findFirst()
                .orElseThrow();
    }
}
