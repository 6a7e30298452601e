package cloud.wuye.platform.export;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A column of an exported list: its heading, what its cells are, and where they come from. A null value is an empty cell. */
public final class ExportColumn<R> {
    private static final int FEN_DECIMALS = 2;
    private static final Words YES = new Words("是", "yes");
    private static final Words NO = new Words("否", "no");

    private final Words title;
    private final ColumnKind kind;
    private final BiFunction<R, Reader, Cell> cell;

    /** For whom a file is written. */
    record Reader(ExportLanguage language, ZoneId zone) {}

    private ExportColumn(String zh, String en, ColumnKind kind, BiFunction<R, Reader, Cell> cell) {
        this.title = new Words(zh, en);
        this.kind = kind;
        this.cell = cell;
    }

    /** Words, numbers of things, ids. */
    public static <R> ExportColumn<R> text(String zh, String en, Function<R, ?> of) {
        return column(zh, en, ColumnKind.TEXT, of, (value, reader) -> new Cell.Text(value.toString()));
    }

    /** A quantity or price with so many decimals at most. */
    public static <R> ExportColumn<R> decimal(String zh, String en, int decimals, Function<R, BigDecimal> of) {
        return column(zh, en, ColumnKind.DECIMAL, of, (value, reader) -> new Cell.Figure(value, 0, decimals));
    }

    /** A whole number. */
    public static <R> ExportColumn<R> whole(String zh, String en, Function<R, ? extends Number> of) {
        return column(
                zh,
                en,
                ColumnKind.DECIMAL,
                of,
                (value, reader) -> new Cell.Figure(BigDecimal.valueOf(value.longValue()), 0, 0));
    }

    /** An amount kept in fen, shown in yuan with its two decimals. */
    public static <R> ExportColumn<R> yuan(String zh, String en, Function<R, Long> fen) {
        return column(
                zh,
                en,
                ColumnKind.YUAN,
                fen,
                (value, reader) ->
                        new Cell.Figure(BigDecimal.valueOf(value, FEN_DECIMALS), FEN_DECIMALS, FEN_DECIMALS));
    }

    /** A point in time, shown by the company's clock, to the second. */
    public static <R> ExportColumn<R> instant(String zh, String en, Function<R, Instant> of) {
        return column(
                zh,
                en,
                ColumnKind.INSTANT,
                of,
                (value, reader) -> new Cell.Moment(
                        LocalDateTime.ofInstant(value, reader.zone()).withNano(0)));
    }

    /** A day of the company's calendar. */
    public static <R> ExportColumn<R> date(String zh, String en, Function<R, LocalDate> of) {
        return column(zh, en, ColumnKind.DATE, of, (value, reader) -> new Cell.Day(value));
    }

    /** One of a few words. */
    public static <R, E extends Enum<E>> ExportColumn<R> choice(
            String zh, String en, Function<R, E> of, Labels<E> labels) {
        if (!labels.areComplete()) {
            throw new IllegalArgumentException("a value has no label: " + labels);
        }
        return column(
                zh, en, ColumnKind.CHOICE, of, (value, reader) -> new Cell.Text(labels.of(value, reader.language())));
    }

    /** Words that stand in both languages already. */
    public static <R> ExportColumn<R> words(String zh, String en, Function<R, Words> of) {
        return column(zh, en, ColumnKind.CHOICE, of, (value, reader) -> new Cell.Text(value.in(reader.language())));
    }

    /** 是 or 否. */
    public static <R> ExportColumn<R> yesNo(String zh, String en, Function<R, Boolean> of) {
        return column(
                zh,
                en,
                ColumnKind.CHOICE,
                of,
                (value, reader) -> new Cell.Text((value ? YES : NO).in(reader.language())));
    }

    private static <R, V> ExportColumn<R> column(
            String zh, String en, ColumnKind kind, Function<R, V> of, BiFunction<V, Reader, Cell> show) {
        return new ExportColumn<>(zh, en, kind, (row, reader) -> {
            V value = of.apply(row);
            return value == null ? Cell.BLANK : show.apply(value, reader);
        });
    }

    /** Its heading. */
    public Words title() {
        return title;
    }

    ColumnKind kind() {
        return kind;
    }

    Cell cell(R row, Reader reader) {
        return cell.apply(row, reader);
    }
}
