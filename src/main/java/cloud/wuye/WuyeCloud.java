package cloud.wuye;

import cloud.wuye.platform.db.Migrate;
import cloud.wuye.platform.dev.Servers;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The program: the service, or with the argument {@code migrate} the job that brings the database up to date. */
@QuarkusMain
public class WuyeCloud {
    public static void main(String... arguments) {
        boolean migrating = arguments.length > 0 && arguments[0].equals(Migrate.ARGUMENT);
        if (migrating) {
            Migrate.prepare();
        }
        Servers.prepare();
        if (migrating) {
            Quarkus.run(Migrate.class, arguments);
        } else {
            Quarkus.run(arguments);
        }
    }
}
