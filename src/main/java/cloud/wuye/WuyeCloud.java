package cloud.wuye;

import cloud.wuye.platform.dev.Servers;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The program. */
@QuarkusMain
public class WuyeCloud {
    public static void main(String... arguments) {
        Servers.prepare();
        Quarkus.run(arguments);
    }
}
