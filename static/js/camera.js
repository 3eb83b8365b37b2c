export const canScan = async () =>
  !!navigator.mediaDevices && (await BarcodeDetector.getSupportedFormats()).includes("qr_code");

// Shows the camera in `video` and calls `found(text)` for each square, until that says true. Returns what stops it.
// Throws where the camera is refused.
export async function look(video, found) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const stop = () => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
  const timer = setInterval(async () => {
    const squares = video.readyState < 2 ? [] : await detector.detect(video).catch(() => []);
    if (video.srcObject && squares.some((square) => found(square.rawValue))) stop();
  }, 250);
  video.srcObject = stream;
  await video.play();
  return stop;
}
