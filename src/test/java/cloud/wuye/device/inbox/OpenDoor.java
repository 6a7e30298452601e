package cloud.wuye.device.inbox;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.arc.Arc;
import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** While a class's tests run, the real broker lets every device in, and the service listens: {@code @ExtendWith(OpenDoor.class)}. */
public class OpenDoor implements BeforeAllCallback, AfterAllCallback {
    private HttpServer door;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        door = TestDevices.letEverybodyIn();
        Arc.container().instance(TestDevices.class).get().awaitListening();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        door.stop(0);
    }
}
