package cloud.wuye.device.imports;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What an import did, or a dry run would do.
 *
 * @param encoding how the file was read
 * @param rows rows that are not empty, without the header
 * @param registered new devices
 * @param unchanged rows whose device was already there and was left as it is
 * @param failed rows with an error
 * @param credentials the logins of the new devices; empty in a dry run; never shown again
 */
@RegisterForReflection
record ImportReport(
        boolean dryRun,
        String encoding,
        int rows,
        int registered,
        int unchanged,
        int failed,
        List<RowError> errors,
        List<Login> credentials) {
    /**
     * The login of a new device.
     *
     * @param password null behind a gateway
     */
    record Login(int row, String serialNo, String username, String password) {
        static Login of(Minted minted) {
            return new Login(
                    minted.device().row().row(), minted.device().row().serialNo(), minted.uid(), minted.secret());
        }

        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    /** The counts, for the audit log. */
    @RegisterForReflection
    record Counts(int rows, int registered, int unchanged, int failed) {}

    Counts counts() {
        return new Counts(rows, registered, unchanged, failed);
    }
}
