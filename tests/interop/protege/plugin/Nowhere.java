/* Leads every connection to a closed port of this machine, and notes whom it was for. */
package walk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

final class Nowhere extends ProxySelector {
    private final Set<String> asked = new TreeSet<>();
    private final BiConsumer<String, Object> say;

    Nowhere(BiConsumer<String, Object> say) {
        this.say = say;
    }

    @Override
    public List<Proxy> select(URI uri) {
        if ("127.0.0.1".equals(uri.getHost())) {
            return List.of(Proxy.NO_PROXY);  // the way to that port
        }
        String whom = uri.getScheme() + "://" + uri.getHost();
        synchronized (asked) {
            if (asked.add(whom)) {
                say.accept("network", whom);
            }
        }
        boolean socket = "socket".equals(uri.getScheme());
        InetSocketAddress closed = new InetSocketAddress("127.0.0.1", 9);
        return List.of(new Proxy(socket ? Proxy.Type.SOCKS : Proxy.Type.HTTP, closed));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException error) {}
}
