/* A picture of a screen, made small. */
package walk;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class Picture {
    private Picture() {}

    /** The same picture in the 256 most frequent colours; any other becomes the nearest of them. */
    static BufferedImage fewColours(BufferedImage seen) {
        int width = seen.getWidth(), height = seen.getHeight();
        int[] pixels = seen.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel & 0xffffff, 1, Integer::sum);
        }
        List<Integer> colours = new ArrayList<>(counts.keySet());
        colours.sort((a, b) -> counts.get(a).equals(counts.get(b)) ? a - b : counts.get(b) - counts.get(a));
        int[] palette = colours.stream().limit(256).mapToInt(colour -> colour | 0xff000000).toArray();
        Map<Integer, Integer> index = new HashMap<>();
        byte[] data = new byte[pixels.length];
        for (int at = 0; at < pixels.length; at++) {
            data[at] = (byte) (int) index.computeIfAbsent(pixels[at] & 0xffffff, colour -> nearest(palette, colour));
        }
        IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage few = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        few.getRaster().setDataElements(0, 0, width, height, data);
        return few;
    }

    private static int nearest(int[] palette, int colour) {
        int best = 0, least = Integer.MAX_VALUE;
        for (int at = 0; at < palette.length; at++) {
            int red = (palette[at] >> 16 & 255) - (colour >> 16 & 255);
            int green = (palette[at] >> 8 & 255) - (colour >> 8 & 255);
            int blue = (palette[at] & 255) - (colour & 255);
            int far = red * red + green * green + blue * blue;
            if (far < least) {
                least = far;
                best = at;
            }
        }
        return best;
    }
}
