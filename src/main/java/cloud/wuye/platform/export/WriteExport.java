package cloud.wuye.platform.export;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Use case: writes the file of an export that this replica has taken, from its beginning to its end. */
@ApplicationScoped
class WriteExport {
    /** Beyond so many times what is allowed it does not matter any more how much too much it is. */
    private static final int COUNTED = 10;

    private final Exports exports;
    private final ExportFilters filters;
    private final ExportConfig config;
    private final Db db;

    WriteExport(Exports exports, ExportFilters filters, ExportConfig config, Db db) {
        this.exports = exports;
        this.filters = filters;
        this.config = config;
        this.db = db;
    }

    /** Somebody else has the export now, or nobody wants it. */
    static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseLost(Export run) {
            super("export " + run.id() + " is not this run's any more");
        }
    }

    /**
     * Fails with EXPORT_TOO_LARGE when there are more rows than allowed, and with {@link LeaseLost} when the run is not this
     * one's any more.
     */
    <F, R> Uni<Void> write(Export run, ExportList<F, R> list) {
        F filter = filters.read(list, run.filter());
        int most = Math.multiplyExact(config.maxRows(), COUNTED);
        return fenced(run, tx -> list.rows(filter).count(tx, most)).chain(total -> {
            requireAllowed(total, total == most);
            Run<F, R> file = new Run<>(run, list, filter, total);
            return keep(file).chain(() -> chunks(file, null));
        });
    }

    private void requireAllowed(int rows, boolean orMore) {
        if (rows > config.maxRows()) {
            throw new Problem(ProblemCode.EXPORT_TOO_LARGE, null, rows + (orMore ? "+" : ""), config.maxRows());
        }
    }

    private <F, R> Uni<Void> chunks(Run<F, R> file, String after) {
        return fenced(file.run, tx -> file.read(tx, config.chunkRows(), after))
                // Making text of thousands of rows, and packing it, is no work for an event loop.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(page -> {
                    file.write(page.items());
                    requireAllowed(file.rows, page.hasNext());
                })
                .chain(page -> page.hasNext()
                        ? keep(file)
                                .chain(() -> chunks(
                                        file, page.cursors().get(page.cursors().size() - 1)))
                        : finish(file));
    }

    private Uni<Void> keep(Run<?, ?> file) {
        Progress so = file.progress(file.parts.takeFull());
        return fenced(file.run, tx -> exports.progress(tx, file.run, so))
                .invoke(file::requireLease)
                .replaceWithVoid();
    }

    private Uni<Void> finish(Run<?, ?> file) {
        file.finish();
        Progress so = file.progress(file.parts.takeRest());
        String digest = file.parts.digest();
        return fenced(file.run, tx -> exports.done(tx, file.run, so, digest))
                .invoke(file::requireLease)
                .replaceWithVoid();
    }

    private <T> Uni<T> fenced(Export run, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> db.forTenantSql(run.tenantId(), work));
    }

    /** A file on its way. */
    private static final class Run<F, R> {
        final Export run;
        final Parts parts;
        final ExportList<F, R> list;
        final F filter;
        final List<ExportColumn<R>> columns;
        final ExportColumn.Reader reader;
        final Sheet sheet;
        int rows;
        int rowsTotal;
        int partsKept;

        Run(Export run, ExportList<F, R> list, F filter, int rowsTotal) {
            this.run = run;
            this.list = list;
            this.filter = filter;
            this.rowsTotal = rowsTotal;
            this.parts = new Parts(run.partBytes());
            this.columns = list.columns();
            this.reader = new ExportColumn.Reader(run.language(), run.zone());
            try {
                this.sheet = run.format().open(parts, list, run.language());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Uni<Page<R>> read(SqlConnection tx, int most, String after) {
            return list.read(tx, filter, most, after);
        }

        void write(List<R> chunk) {
            try {
                for (R row : chunk) {
                    List<Cell> cells = new ArrayList<>(columns.size());
                    columns.forEach(column -> cells.add(column.cell(row, reader)));
                    sheet.line(cells);
                }
                sheet.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            rows += chunk.size();
            // Rows may come while they are being read.
            rowsTotal = Math.max(rowsTotal, rows);
        }

        void finish() {
            try {
                sheet.finish();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Progress progress(List<byte[]> full) {
            Progress so = new Progress(rows, rowsTotal, parts.size(), partsKept, full);
            partsKept += full.size();
            return so;
        }

        void requireLease(boolean held) {
            if (!held) {
                throw new LeaseLost(run);
            }
        }
    }
}
