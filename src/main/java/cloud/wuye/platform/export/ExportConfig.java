package cloud.wuye.platform.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Exports of lists, {@code wuye.export.*}. */
@ConfigMapping(prefix = "wuye.export")
public interface ExportConfig {
    /** The most rows of an export; a sheet of Excel's holds little more than a million. */
    @WithDefault("200000")
    @Min(1)
    @Max(1_000_000)
    int maxRows();

    /** Rows read in one transaction. */
    @WithDefault("2000")
    @Min(1)
    int chunkRows();

    /** The size of the pieces that a file is kept in. */
    @WithDefault("262144")
    @Min(16)
    int partBytes();

    /** How long a file is kept after it is made. */
    @WithDefault("PT24H")
    Duration keep();

    /** After this long without progress another replica begins the file anew. */
    @WithDefault("PT2M")
    Duration lease();

    /** How often an export is begun before it is given up. */
    @WithDefault("3")
    @Min(1)
    int attempts();

    /** Exports of one company that run at once, on all replicas together. */
    @WithDefault("2")
    @Min(1)
    int perCompany();

    /** Exports of all companies that run at once on one replica. */
    @WithDefault("4")
    @Min(1)
    int perReplica();

    /** Exports of one company that may run or wait; more are refused. */
    @WithDefault("20")
    @Min(1)
    int mostOpen();
}
