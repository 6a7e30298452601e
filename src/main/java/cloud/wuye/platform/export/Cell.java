package cloud.wuye.platform.export;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** One cell of a file, before it is known what file that is. */
sealed interface Cell {
    /** Nothing is known or nothing applies. */
    Cell BLANK = new Text("");

    /** Words. */
    record Text(String text) implements Cell {}

    /**
     * A number.
     *
     * @param least decimals that are always shown
     * @param most decimals that may be shown
     */
    record Figure(BigDecimal value, int least, int most) implements Cell {}

    /** A time by the clock on the company's wall. */
    record Moment(LocalDateTime at) implements Cell {}

    /** A day of the company's calendar. */
    record Day(LocalDate day) implements Cell {}
}
