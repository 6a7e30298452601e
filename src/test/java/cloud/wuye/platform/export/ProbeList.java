package cloud.wuye.platform.export;

import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** As many lines as wanted, with something of every kind; for managers and accountants. */
@ApplicationScoped
public class ProbeList implements ExportList<ProbeFilter, ProbeList.Line> {
    static final Instant EPOCH = Instant.parse("2026-03-01T16:00:00Z");

    private static final Labels<Colour> COLOURS =
            Labels.of(Colour.class).and(Colour.RED, "红", "red").and(Colour.GREEN, "绿", "green");

    private volatile Consumer<String> beforeChunk = after -> {};

    /** Some words. */
    public enum Colour {
        RED,
        GREEN
    }

    /** A line. */
    record Line(int n) {
        String text() {
            return switch (n % 5) {
                case 1 -> "=1+" + n;
                case 2 -> "a,\"b\"\n中文 " + n;
                case 3 -> "-" + n;
                case 4 -> "＠" + n;
                default -> null;
            };
        }

        BigDecimal quantity() {
            return n == 7 ? new BigDecimal("123456789012345.6789") : BigDecimal.valueOf(n * 10_000L + 300, 4);
        }

        Instant at() {
            return EPOCH.plusSeconds(n);
        }

        LocalDate day() {
            return LocalDate.of(2026, 1, 1).plusDays(n);
        }

        Colour colour() {
            return n % 2 == 0 ? Colour.RED : Colour.GREEN;
        }
    }

    /** What to do before a chunk is read, given the cursor that it goes on after. */
    void beforeChunk(Consumer<String> doing) {
        beforeChunk = doing;
    }

    @Override
    public String name() {
        return "probes";
    }

    @Override
    public Words title() {
        return new Words("探针", "Probes");
    }

    @Override
    public Set<String> roles() {
        return Set.of(Roles.MANAGER, Roles.FINANCE);
    }

    @Override
    public Class<ProbeFilter> filter() {
        return ProbeFilter.class;
    }

    @Override
    public Select rows(ProbeFilter by) {
        return Select.of("select g.n from generate_series(1, ?::int) g(n)", by.rows() == null ? 5 : by.rows())
                .in("case when g.n % 2 = 0 then 'RED' else 'GREEN' end", by.colours());
    }

    @Override
    public Keyset order() {
        return Keyset.by(Key.asc("g.n", KeyType.INT));
    }

    @Override
    public Uni<Page<Line>> read(SqlConnection tx, ProbeFilter filter, int rows, String after) {
        beforeChunk.accept(after);
        return ExportList.super.read(tx, filter, rows, after);
    }

    @Override
    public Line row(Row row) {
        return new Line(row.getInteger("n"));
    }

    @Override
    public List<ExportColumn<Line>> columns() {
        return List.of(
                ExportColumn.whole("序号", "No", Line::n),
                ExportColumn.text("文本", "Text", Line::text),
                ExportColumn.decimal("电量", "Quantity", 4, Line::quantity),
                ExportColumn.yuan("金额(元)", "Amount (yuan)", line -> line.n() == 3 ? null : (long) -line.n() * 100),
                ExportColumn.instant("时间", "At", Line::at),
                ExportColumn.date("日期", "Day", Line::day),
                ExportColumn.choice("颜色", "Colour", Line::colour, COLOURS),
                ExportColumn.yesNo("偶数", "Even", line -> line.n() % 2 == 0));
    }
}
