package cloud.wuye;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

@QuarkusMain
public class WuyeCloud {
    public static void main(String... args) throws Exception {

        Quarkus.run(args);
    }
}
